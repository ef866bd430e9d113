// A WebSocket server of the ws package: echoes, and does what the path asks for.
//
//   /echo                         sends back what it gets, and tells each message and each close
//   /close/4001/reason            closes so when a message comes
//   /cut                          ends the TCP connection when a message comes
"use strict";

const { WebSocketServer } = require("ws");
const { serve, tell } = require("parley-peer.cjs");

let server;

function echo(socket, path) {
  const [, verb, code, reason] = path.split("/");
  socket.on("message", (data, isBinary) => {
    if (verb === "close") {
      socket.close(Number(code), decodeURIComponent(reason ?? ""));
    } else if (verb === "cut") {
      socket.terminate();
    } else {
      socket.send(data, { binary: isBinary });
    }
  });
  socket.on("close", (closeCode, closeReason) => tell("close", `${closeCode} ${closeReason}`.trim()));
  tell("open", path);
}

serve({
  async listen(perMessageDeflate) {
    server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate });
    server.on("connection", (socket, request) => echo(socket, request.url));
    await new Promise((resolve) => server.once("listening", resolve));
    return server.address().port;
  },
});

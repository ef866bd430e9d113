// A WebSocket server of the ws package, by TLS if it is given a certificate. It echoes, and obeys some words.
"use strict";

const fs = require("node:fs");
const http = require("node:http");
const https = require("node:https");
const { WebSocketServer } = require("ws");
const { serve, tell } = require("parley-peer.cjs");

function obey(socket, text) {
  const [verb, code, reason] = text.split(" ");
  if (verb === "close") {
    socket.close(Number(code), reason);
  } else if (verb === "cut") {
    socket.terminate();
  } else if (verb === "ping") {
    socket.once("pong", (data) => socket.send(`pong ${data}`));
    socket.ping("p");
  } else {
    socket.send(text);
  }
}

serve({
  async listen(options) {
    const front = options.certificate
      ? https.createServer({ cert: fs.readFileSync(options.certificate), key: fs.readFileSync(options.key) })
      : http.createServer();
    const server = new WebSocketServer({
      server: front,
      perMessageDeflate: options.deflate,
      handleProtocols: (offered) => (offered.has("second") ? "second" : false),
    });
    server.on("connection", (socket) => {
      socket.on("message", (data, binary) => (binary ? socket.send(data, { binary }) : obey(socket, String(data))));
      socket.on("error", (error) => tell("error", error.message));
      socket.on("close", (code, reason) => tell("close", `${code} ${reason}`.trim()));
    });
    await new Promise((resolve) => front.listen(0, "127.0.0.1", resolve));
    return front.address().port;
  },
});

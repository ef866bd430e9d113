// The official Socket.IO server, with what a load can ask for, and ws for raw WebSockets on the same port: at /echo and
// /broadcast.
"use strict";

const { createServer } = require("node:http");
const { Server } = require("socket.io");
const { WebSocketServer } = require("ws");
const { serve } = require("parley-peer.cjs");

const MAX_BYTES = 4 * 1024 * 1024;

function onConnection(namespace, socket) {
  socket.on("echo", (payload) => socket.emit("echo", payload));
  socket.on("ask", (payload, answer) => answer(payload));
  socket.on("note", (payload, answer) => answer());
  socket.on("all", (payload) => namespace.emit("all", payload));
}

function onRaw(server, path, ws) {
  ws.on("message", (data, binary) => {
    const receivers = path === "/broadcast" ? server.clients : [ws];
    receivers.forEach((receiver) => receiver.send(data, { binary }));
  });
  ws.on("error", () => {});
}

const http = createServer();
const io = new Server(http, { maxHttpBufferSize: MAX_BYTES, destroyUpgrade: false });
for (const name of ["/", "/stage"]) {
  const namespace = io.of(name);
  namespace.on("connection", (socket) => onConnection(namespace, socket));
}

for (const path of ["/echo", "/broadcast"]) {
  for (const [suffix, perMessageDeflate] of [["", false], ["-deflate", { threshold: 0 }]]) {
    const server = new WebSocketServer({ noServer: true, perMessageDeflate });
    server.on("connection", (ws) => onRaw(server, path, ws));
    http.on("upgrade", (request, socket, head) => {
      if (request.url === path + suffix) {
        server.handleUpgrade(request, socket, head, (ws) => server.emit("connection", ws));
      }
    });
  }
}

http.listen(0, "127.0.0.1", () => {
  serve({
    port: () => http.address().port,
    sockets: () => io.of("/").sockets.size,
  });
});

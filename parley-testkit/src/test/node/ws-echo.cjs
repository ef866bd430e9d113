"use strict";

const { serve, tell } = require("parley-peer.cjs");
const { WebSocketServer } = require("ws");

serve({
  listen() {
    const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
    server.on("connection", (socket) => {
      socket.on("message", (data, binary) => socket.send(data, { binary }));
      socket.on("error", (error) => tell("error", { message: error.message }));
    });
    return new Promise((resolve) => server.on("listening", () => resolve(server.address().port)));
  },
});

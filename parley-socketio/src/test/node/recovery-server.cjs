// The official server with connection state recovery: what ours is compared with in RecoveryTranscriptIT.
"use strict";

const { createServer } = require("node:http");
const { Server } = require("socket.io");
const { serve } = require("parley-peer.cjs");
const msgpack = require("socket.io-msgpack-parser");

serve({
  listen(parser) {
    const http = createServer();
    const io = new Server(http, {
      connectionStateRecovery: {}, ...(parser === "msgpack" ? { parser: msgpack } : {}),
    });
    io.use((socket, next) => {
      socket.data.asked = (socket.data.asked ?? 0) + 1;
      next();
    });
    io.on("connection", (socket) => {
      socket.on("enter", (room, name, answer) => {
        socket.join(room);
        socket.data.name = name;
        answer();
      });
      socket.on("state", (answer) =>
        answer([socket.recovered, socket.rooms.has("room"), socket.data.name ?? null, socket.data.asked]));
      socket.on("all", (value, answer) => (io.emit("said", value), answer()));
      socket.on("room", (room, value, answer) => (io.to(room).emit("said", value), answer()));
      socket.on("except", (room, value, answer) => (io.except(room).emit("said", value), answer()));
      socket.on("others", (value, answer) => (socket.broadcast.emit("said", value), answer()));
      socket.on("volatile", (value, answer) => (io.volatile.emit("said", value), answer()));
    });
    return new Promise((resolve) => http.listen(0, "127.0.0.1", () => resolve(http.address().port)));
  },
});

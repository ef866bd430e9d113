// The official Engine.IO client: tells what happens, sends what it is told.
"use strict";

const { serve, tell } = require("parley-peer.cjs");
const { Socket } = require("engine.io-client");

let socket;

serve({
  connect(url, options) {
    socket = new Socket(url, options);
    socket.binaryType = "nodebuffer";
    socket.on("open", () => tell("open", { id: socket.id, transport: socket.transport.name }));
    socket.on("message", (data) => tell("message", data));
    socket.on("ping", () => tell("ping"));
    socket.on("upgrade", (transport) => tell("upgrade", transport.name));
    socket.on("error", (error) => tell("error", { message: error.message, description: String(error.description) }));
    socket.on("close", (reason) => tell("close", reason));
  },
  send(...messages) {
    messages.forEach((message) => socket.send(message));
  },
  sendNumbers(from, to) {
    for (let number = from; number <= to; number++) {
      socket.send(String(number));
    }
  },
  close() {
    socket.close();
  },
});

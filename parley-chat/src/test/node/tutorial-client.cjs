"use strict";

// What every tutorial's client does: connect without a name, say something, hear what anybody says.
const { serve, tell } = require("parley-peer.cjs");
const { io } = require("socket.io-client");

let socket;

serve({
  join(url, transports) {
    socket = io(url, { transports, reconnection: false });
    socket.on("chat message", (text) => tell("heard", text));
    return new Promise((resolve) => {
      socket.on("connect", () => resolve("connected"));
      socket.on("connect_error", (error) => resolve({ message: error.message, data: error.data }));
    });
  },
  say(text) {
    socket.emit("chat message", text);
  },
});

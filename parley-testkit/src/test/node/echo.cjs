"use strict";

const { serve, tell } = require("parley-peer.cjs");
const { io } = require("socket.io-client");

serve({
  echo: (value) => value,
  hasClient: () => typeof io === "function",
  async fail() {
    throw new Error("on purpose");
  },
  shout: (text) => tell("shouted", text),
  end: () => process.exit(3),
});

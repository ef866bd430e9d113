// The WebSocket client of the ws package: tells what happens, sends what it is told.
"use strict";

const fs = require("node:fs");
const { serve, tell } = require("parley-peer.cjs");
const { WebSocket } = require("ws");

let socket;

serve({
  connect(url, { ca, ...options }) {
    socket = new WebSocket(url, { ...options, ...(ca && { ca: fs.readFileSync(ca) }) });
    socket.on("open", () => tell("open", { extensions: socket.extensions, protocol: socket.protocol }));
    socket.on("message", (data, isBinary) => tell("message", isBinary ? data : data.toString()));
    socket.on("ping", () => tell("ping"));
    socket.on("error", (error) => tell("error", error.message));
    socket.on("close", (code, reason) => tell("close", { code, reason: reason.toString() }));
  },
  send(...messages) {
    messages.forEach((message) => socket.send(message));
  },
  /** One message in several fragments. */
  sendFragments(...parts) {
    parts.forEach((part, at) => socket.send(part, { fin: at === parts.length - 1 }));
  },
  close(code, reason) {
    socket.close(code, reason);
  },
});

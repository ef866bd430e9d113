// A client of the ws package: one socket at a time, driven by the test.
"use strict";

const { once } = require("node:events");
const { WebSocket } = require("ws");
const { serve } = require("parley-peer.cjs");
const { roundTrip } = require("./ws-messages.cjs");

let socket;
let closed;

serve({
  async connect(url, protocols, options) {
    socket = new WebSocket(url, protocols, options);
    closed = once(socket, "close").then(([code, reason]) => `${code} ${reason}`.trim());
    await once(socket, "open");
    return `${socket.protocol};${socket.extensions}`;
  },
  roundTrip: (binary, size, pieces) => roundTrip(socket, binary, size, pieces),
  async ping(text) {
    socket.ping(text);
    const [payload] = await once(socket, "pong");
    return payload.toString();
  },
  async sendAndWaitForClose(text) {
    socket.send(text);
    return closed;
  },
  async close(code, reason) {
    socket.close(code ?? undefined, reason ?? undefined);
    return closed;
  },
  closed: () => closed,
});

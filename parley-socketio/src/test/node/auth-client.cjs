// An official client whose tokens are short-lived: what the guide to authentication shows.
"use strict";

const { io } = require("socket.io-client");
const { serve, tell } = require("parley-peer.cjs");

let socket;

serve({
  connect(port, user, { refresh = true, mode = {}, bad = false } = {}) {
    let issued = 0;
    const freshToken = async () => `${user}#${++issued}`;
    socket = io(`http://127.0.0.1:${port}`, {
      ...mode,
      forceNew: true,
      auth: async (say) => say({ token: await freshToken() }),
    });
    socket.on("connect", () => tell("connected", socket.id));
    socket.on("connect_error", (error) => tell("refused", [error.message, error.data]));
    socket.on("disconnect", (reason) => tell("disconnected", reason));
    socket.on("number", (number) => tell("number", number));
    socket.on("auth:expiring", async ({ expiresAt, expiresIn }) => {
      tell("expiring", [typeof expiresAt, expiresIn > 0]);
      if (refresh) {
        const answer = await socket.emitWithAck("auth:refresh", { token: bad ? "mallory#1" : await freshToken() });
        tell("refreshed", answer.error ? answer.error.message : typeof answer.expiresIn);
      }
    });
    socket.on("auth:expired", ({ message }) => {
      tell("expired", message);
      socket.once("disconnect", () => socket.connect());
    });
  },
  async ask(event) {
    return socket.emitWithAck(event);
  },
  leave() {
    socket.disconnect();
  },
});

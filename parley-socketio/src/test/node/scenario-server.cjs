// The official server, playing the scenarios of scenario-client.cjs: what ours is compared with. ScenarioServer.java is
// the same program on our library; a change here is a change there.
"use strict";

const { createServer } = require("node:http");
const { Server } = require("socket.io");
const { serve } = require("parley-peer.cjs");
const { openApi } = require("./scenario-server-api.cjs");
const msgpack = require("socket.io-msgpack-parser");

const PARSERS = { json: undefined, msgpack };

function onConnection(io, socket) {
  socket.use(([event], next) => (event === "forbidden" ? next(new Error("not this event")) : next()));
  socket.on("error", (error) => socket.emit("refused", error.message));

  socket.on("echo", (...args) => {
    const last = args[args.length - 1];
    if (typeof last === "function") {
      last(...args.slice(0, -1));
    } else {
      socket.emit("echo", ...args);
    }
  });
  socket.on("silence", () => {});
  socket.on("ask", async (question) => {
    const answer = await socket.timeout(5000).emitWithAck("question", question);
    socket.emit("answered", answer);
  });
  socket.on("ask in vain", async () => {
    try {
      await socket.timeout(50).emitWithAck("nobody answers this");
    } catch (error) {
      socket.emit("no answer", error.message);
    }
  });
  socket.on("count any", (answer) => {
    let count = 0;
    socket.onAny((event, ...args) => socket.emit("any", ++count, event, args.length));
    answer();
  });

  socket.on("join", (room, answer) => {
    socket.join(room);
    answer();
  });
  socket.on("leave", (room, answer) => {
    socket.leave(room);
    answer();
  });
  socket.on("rooms", (answer) => answer([...socket.rooms]));
  socket.on("to", (room, text) => socket.to(room).emit("told", text));
  socket.on("in", (room, text) => io.in(room).emit("told", text));
  socket.on("two rooms", (first, second, text) => io.to(first).to(second).emit("told", text));
  socket.on("except", (room, text) => io.except(room).emit("told", text));
  socket.on("broadcast", (...args) => socket.broadcast.emit("told", ...args));
  socket.on("everybody", (...args) => io.emit("told", ...args));
  socket.on("volatile", (text) => socket.volatile.emit("told", text));
  socket.on("ask room", async (room, timeout, answer) => {
    try {
      const answers = await io.to(room).timeout(timeout).emitWithAck("question", "all?");
      answer(answers.sort());
    } catch (error) {
      answer(error.message, error.responses);
    }
  });
  socket.on("move all", (from, to, answer) => {
    io.in(from).socketsJoin(to);
    io.in(from).socketsLeave(from);
    answer();
  });
  socket.on("fetch", async (room, answer) => {
    const sockets = await io.in(room).fetchSockets();
    answer(sockets.map((found) => [found.id, [...found.rooms]]));
  });
  socket.on("throw out", (room, close) => io.in(room).disconnectSockets(close));

  socket.on("make", (answer) => {
    answer({ date: new Date(86_400_000), bytes: Buffer.from([1, 2]), number: 1.5, list: [null, true, "ü"] });
  });
  socket.on("bye", (close) => socket.disconnect(close));
  socket.on("handshake", (answer) => {
    const { auth, query, xdomain, secure, address } = socket.handshake;
    answer({ auth, EIO: query.EIO, extra: query.extra ?? null, xdomain, secure, address });
  });
  socket.on("disconnecting", (reason) => {
    io.to("observers").emit("leaving", socket.id, reason, [...socket.rooms].filter((room) => room !== socket.id).sort());
  });
  socket.on("disconnect", (reason) => {
    io.to("observers").emit("gone", socket.id, reason, socket.rooms.size);
  });
  socket.emit("hello", socket.id);
}

serve({
  /** Opens one more server, which knows nothing of those before. */
  listen(parser = "json", pingInterval = 500, pingTimeout = 6000) {
    const http = createServer();
    const io = new Server(http, { pingInterval, pingTimeout, allowEIO3: true, parser: PARSERS[parser] });
    io.on("connection", (socket) => onConnection(io, socket));
    io.of("/private").use((socket, next) => {
      if (socket.handshake.auth.token === "secret") {
        next();
      } else {
        const error = new Error("unauthorized");
        error.data = { retry: false, seen: socket.handshake.auth };
        next(error);
      }
    });
    io.of("/closed").use((socket, next) => next(new Error("closed")));
    io.of("/private").on("connection", (socket) => onConnection(io.of("/private"), socket));
    openApi(io, onConnection);
    return new Promise((resolve) => http.listen(0, "127.0.0.1", () => resolve(http.address().port)));
  },
});

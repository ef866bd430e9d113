// More of the program of scenario-server.cjs: namespaces that clients bring into being, and the rest of the API. That of
// our library is ScenarioApi.java; a change here is a change there.
"use strict";

function answerAboutListeners(socket) {
  const heard = [];
  const hear =
    (who) =>
    (event, ...args) =>
      heard.push([who, event, args.filter((arg) => typeof arg !== "function").length]);
  const [first, second, outFirst, outSecond] = ["in 1", "in 2", "out 1", "out 2"].map(hear);

  const count = () => [socket.listenersAny().length, socket.listenersAnyOutgoing().length];
  socket.on("listen", (answer) => {
    socket.onAny(second);
    socket.prependAny(first);
    socket.onAnyOutgoing(outSecond);
    socket.prependAnyOutgoing(outFirst);
    answer(count());
  });
  socket.on("listen less", (answer) => {
    socket.offAny(first);
    socket.offAnyOutgoing(outFirst);
    answer(count());
  });
  socket.on("listen no more", (answer) => {
    socket.offAny();
    socket.offAnyOutgoing();
    answer(count());
  });
  socket.on("heard", (answer) => answer(heard.splice(0)));
}

function sendInOtherWays(nsp, socket) {
  socket.on("message", (...args) => socket.send("got", ...args));
  socket.on("send", (...args) => nsp.send(...args));
  socket.on("uncompressed", (...args) => {
    socket.compress(false).emit("told", ...args);
    nsp.compress(false).emit("told", ...args);
  });
  socket.on("fleeting", (text) => nsp.to(socket.id).volatile.emit("told", text));
  socket.on("collect", async (question, timeout, answer) => {
    try {
      answer(await nsp.timeout(timeout).emitWithAck("question", question));
    } catch (error) {
      answer(error.message, error.responses);
    }
  });
  socket.on("ask me soon", async (timeout, answer) => {
    try {
      answer(await socket.timeout(timeout).emitWithAck("question"));
    } catch (error) {
      answer(error.message);
    }
  });
}

function manageOthers(nsp, socket) {
  socket.on("remember", (value, answer) => {
    socket.data.value = value;
    answer();
  });
  socket.on("move some", (room, except, to, answer) => {
    nsp.in(room).except(except).socketsJoin(to);
    answer();
  });
  socket.on("all leave", (room, answer) => {
    nsp.socketsLeave(room);
    answer();
  });
  socket.on("look up", async (room, answer) => {
    const found = await nsp.in(room).fetchSockets();
    answer(found.map(describe));
  });
  socket.on("meet", async (room, answer) => {
    for (const one of await nsp.in(room).fetchSockets()) {
      one.join("met");
      one.leave(room);
      one.emit("told", "we met");
    }
    answer();
  });
  socket.on("part", async (room) => {
    for (const one of await nsp.in(room).fetchSockets()) {
      one.disconnect();
    }
  });
}

function describe({ id, rooms, data, handshake }) {
  const others = [...rooms].filter((room) => room !== id);
  return [id, others.sort(), data, handshake.query.EIO];
}

/** Opens `/api`, `/early`, `/dynamic-…` and `/tenant-…`. */
function openApi(io, onConnection) {
  const welcome = (socket) => {
    answerAboutListeners(socket);
    sendInOtherWays(socket.nsp, socket);
    manageOthers(socket.nsp, socket);
    onConnection(socket.nsp, socket);
  };

  const api = io.of("/api");
  let heardFromItself = 0;
  api.on("from another server", () => heardFromItself++);
  api.on("connection", (socket) => {
    socket.on("tell the other servers", (answer) => {
      api.serverSideEmit("from another server", 1);
      answer(heardFromItself);
    });
    welcome(socket);
  });

  const early = io.of("/early");
  early.use((socket, next) => {
    socket.emit("early", socket.connected);
    next();
  });
  early.on("connection", welcome);

  const family = io.of(/^\/dynamic-\w+$/);
  family.use((socket, next) => next(socket.nsp.name === "/dynamic-closed" ? new Error("not this one") : undefined));
  family.on("connection", (socket) => {
    socket.on("tell the family", (text) => family.emit("told", text));
    welcome(socket);
  });

  const tenants = io.of((name, auth, next) => {
    if (name === "/failing") {
      next(new Error("failing"));
    } else {
      next(null, name.startsWith("/tenant-") && name === `/tenant-${auth?.key}`);
    }
  });
  tenants.on("connection", welcome);
}

module.exports = { openApi };

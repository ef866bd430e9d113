// Scenarios about the rest of the API: namespaces that clients bring into being, listeners, what is done with many
// sockets at once. See scenario-client.cjs.
"use strict";

const { SHORT, ENOUGH, LONG, next, queueOf, disconnected } = require("./scenario-run.cjs");

const connected = (socket) => new Promise((resolve) => socket.once("connect", resolve));

/** What each was told so far. Who has an answer has what was sent to it before. */
async function logTold(run, what, all) {
  for (const [name, socket] of Object.entries(all)) {
    await socket.emitWithAck("echo", "settled");
    run.log(what, name, queueOf(socket, "told").arrived.splice(0));
  }
}

module.exports = {
  async dynamicNamespaces(run) {
    const red = await run.connected("red", { namespace: "/dynamic-red" });
    const blue = await run.connected("blue", { namespace: "/dynamic-blue" });
    run.log("echo", await red.emitWithAck("echo", 1), await blue.emitWithAck("echo", Buffer.from([2])));
    red.emit("everybody", "in red");
    await logTold(run, "its own sockets", { red, blue });
    await blue.emitWithAck("join", "room");
    red.emit("in", "room", "nobody here");
    await logTold(run, "rooms are its own", { red, blue });
    red.emit("tell the family", "all children");
    await logTold(run, "the parent", { red, blue });
    await run.refused("middleware", { namespace: "/dynamic-closed" });
    await run.refused("pattern", { namespace: "/dynamic-" });
    await run.refused("parent", { namespace: "/_0" });
    const again = await run.connected("again", { namespace: "/dynamic-red" });
    red.emit("everybody", "both");
    await logTold(run, "one namespace", { red, again });
  },

  async namespacesByFunction(run) {
    const acme = await run.connected("acme", { namespace: "/tenant-acme", auth: { key: "acme" } });
    run.log("echo", await acme.emitWithAck("echo", 1));
    await run.refused("wrong key", { namespace: "/tenant-acme2", auth: { key: "acme" } });
    await run.refused("no key", { namespace: "/tenant-other" });
    await run.refused("failing", { namespace: "/failing" });
    const second = await run.connected("second", { namespace: "/tenant-acme" });
    run.log("it is there now", await second.emitWithAck("echo", 2));
  },

  async severalNamespaces(run) {
    const main = await run.connected("main");
    main.io.on("packet", ({ type, nsp }) => type < 2 && run.log(type === 0 ? "CONNECT" : "DISCONNECT", nsp));
    const api = main.io.socket("/api");
    await connected(api);
    const dynamic = main.io.socket("/dynamic-several");
    await connected(dynamic);
    const all = { main, api, dynamic };
    for (const [name, socket] of Object.entries(all)) {
      socket.on("disconnect", (reason) => run.log(name, reason));
    }
    run.log("ids", new Set([main.id, api.id, dynamic.id, main.io.engine.id]).size);
    let away = disconnected(api);
    api.emit("bye", false);
    await away;
    run.log("others", await main.emitWithAck("echo", 1), await dynamic.emitWithAck("echo", 2), api.active);
    api.connect();
    await connected(api);
    run.log("again", await api.emitWithAck("echo", 3));
    away = Promise.all(Object.values(all).map(disconnected));
    api.emit("bye", true);
    await away;
    run.log("all gone", main.connected, api.connected, dynamic.connected);
  },

  async emitInsideMiddleware(run) {
    const socket = run.socket("A", { namespace: "/early" });
    socket.io.on("packet", ({ type, nsp, data }) => run.log("packet", type, nsp, type === 2 ? data[0] : "no event"));
    socket.on("connect", () => run.log("connect"));
    socket.onAny((event, argument) => run.log("event", event, event === "hello" || argument));
    await next(socket, "hello");
    run.log("early", await next(socket, "early"));
  },

  async listeners(run) {
    const socket = await run.connected("A", { namespace: "/api" });
    const heard = async (what) => run.log(what, await socket.emitWithAck("heard"));
    run.log("count", await socket.emitWithAck("listen"));
    socket.emit("silence", 1, 2);
    await heard("in, and no acknowledgement");
    socket.emit("echo", "x", Buffer.from([1]));
    await next(socket, "echo");
    await heard("in and out");
    socket.emit("everybody", "all");
    await next(socket, "told");
    await heard("a broadcast");
    socket.emit("forbidden", 1);
    await next(socket, "refused");
    await heard("before the middleware");
    run.log("count", await socket.emitWithAck("listen less"));
    socket.emit("echo", 1);
    await next(socket, "echo");
    await heard("one of each");
    run.log("count", await socket.emitWithAck("listen no more"));
    socket.emit("echo", 1);
    await next(socket, "echo");
    await heard("none");
    await socket.emitWithAck("listen");
    run.log("twice", await socket.emitWithAck("listen"));
    run.log("one of two", await socket.emitWithAck("listen less"));
  },

  async otherWaysToSend(run) {
    const [a, b] = [await run.connected("A", { namespace: "/api" }), await run.connected("B", { namespace: "/api" })];
    a.send("a message", { of: [1] }, Buffer.from([2]));
    run.log("send", await next(a, "message"));
    a.emit("send", "to all", 1);
    run.log("send to all", await next(a, "message"), await next(b, "message"));
    const long = "text that is worth it ".repeat(200);
    a.emit("uncompressed", long, Buffer.alloc(2000, 7));
    const received = [await next(a, "told"), await next(a, "told"), await next(b, "told")];
    run.log("uncompressed", received.map(([text, bytes]) => [text === long, bytes.length, bytes[1999]]));
    await b.emitWithAck("echo", "A's next poll is there meanwhile");
    a.emit("fleeting", "a volatile broadcast");
    run.log("volatile", await next(a, "told"));
    run.log("to no other server", await a.emitWithAck("tell the other servers"));
    run.log("nor to itself", await a.emitWithAck("tell the other servers"));
  },

  async answersOfMany(run) {
    const options = { namespace: "/dynamic-asked" };
    const [a, b, c] = [await run.connected("A", options), await run.connected("B", options), await run.connected("C", options)];
    const first = ([one], [other]) => (one < other ? -1 : 1);
    a.on("question", (question, answer) => answer(["a", question]));
    b.on("question", (question, answer) => answer(["b", { bytes: Buffer.from([2]) }]));
    c.on("question", (question, answer) => answer(["c", Buffer.from([3]), null]));
    run.log("binary", (await a.emitWithAck("collect", Buffer.from([1]), LONG)).sort(first));
    c.off("question");
    await new Promise((resolve) => {
      a.emit("collect", "who is there?", ENOUGH, (error, answers) => {
        run.log("two of three", error, answers.sort(first));
        resolve();
      });
    });
    run.log("too late", await c.emitWithAck("ask me soon", SHORT));
    c.on("question", (answer) => answer("in time", Buffer.from([4])));
    run.log("in time", await c.emitWithAck("ask me soon", LONG));
  },

  async manySocketsAtOnce(run) {
    const options = { namespace: "/dynamic-many" };
    const [a, b, c] = [await run.connected("A", options), await run.connected("B", options), await run.connected("C", options)];
    const lookUp = async (what, room) => {
      const found = await a.emitWithAck("look up", room);
      run.log(what, run.sorted(found.map((one) => JSON.stringify(one))));
    };
    await b.emitWithAck("join", ["red", "blue"]);
    await c.emitWithAck("join", "blue");
    await b.emitWithAck("remember", { name: "bob", roles: ["user", null] });
    await c.emitWithAck("remember", "text");
    await lookUp("rooms and data", "blue");
    await a.emitWithAck("move some", "blue", "red", ["x", "y"]);
    await lookUp("moved", "x");
    await a.emitWithAck("move some", ["red", "x"], "nobody", "z");
    await lookUp("two rooms", "z");
    await a.emitWithAck("all leave", ["y", "blue"]);
    await lookUp("all left", "z");
    await lookUp("empty", "blue");
    await a.emitWithAck("meet", "z");
    await lookUp("met", "met");
    await logTold(run, "met", { a, b, c });
    let away = disconnected(b);
    a.emit("part", b.id);
    run.log("part", await away);
    await lookUp("one is gone", "met");
    away = disconnected(c);
    a.emit("throw out", "met", false);
    run.log("thrown out", await away, c.io.engine.readyState, a.connected);
    await lookUp("all are gone", "met");
  },
};

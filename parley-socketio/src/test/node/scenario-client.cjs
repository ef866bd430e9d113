// What the official client does and sees, scenario by scenario. Each returns a transcript; run against two servers, the
// transcripts must be the same. Ids are replaced by names, so that only what a user could rely on is compared.
"use strict";

const { serve } = require("parley-peer.cjs");
const apiScenarios = require("./scenario-client-api.cjs");
const { MODES, ENOUGH, LONG, LIMIT, Run, queueOf, next, nextOfOwn, disconnected } = require("./scenario-run.cjs");

const scenarios = {
  ...apiScenarios,

  async events(run) {
    const socket = await run.connected("A");
    const values = [
      [],
      ["text"],
      ["", "ü€😀\u2028\"\\\n\u0000"],
      [0, -1, 1.5, 1e21, 9007199254740991, 1e-7],
      [true, false, null],
      [[], {}, [[1, [2]], { a: { b: null } }]],
      [{ "": 1, "with space": "x", _placeholder: false, num: 0 }],
      ["x".repeat(70_000)],
    ];
    for (const args of values) {
      socket.emit("echo", ...args);
      run.log("echo", await next(socket, "echo"));
    }
    for (let i = 0; i < 100; i++) {
      socket.emit("echo", i);
    }
    for (let i = 0; i < 100; i++) {
      run.log("in order", await next(socket, "echo"));
    }
    socket.send("a message");
    run.log("last", await socket.emitWithAck("echo", "z"));
  },

  async binary(run) {
    const socket = await run.connected("A");
    const values = [
      [Buffer.from("01ff", "hex")],
      [Buffer.alloc(0)],
      ["before", Buffer.from([1]), { deep: [Buffer.from([2]), { er: Buffer.from([3, 4]) }] }, "after"],
      [new Uint8Array([5, 6]).buffer],
      [Buffer.alloc(100_000, 7)],
    ];
    for (const args of values) {
      socket.emit("echo", ...args);
      run.log("echo", (await next(socket, "echo")).map(shorten));
      run.log("answer", shorten(await socket.emitWithAck("echo", ...args)));
    }
    for (let i = 0; i < 50; i++) {
      socket.emit("echo", i % 2 ? Buffer.from([i]) : i);
    }
    for (let i = 0; i < 50; i++) {
      run.log("mixed", await next(socket, "echo"));
    }
    socket.on("question", (question, answer) => answer({ bytes: Buffer.from([8]) }));
    socket.emit("ask", Buffer.from([9]));
    run.log("answered", await next(socket, "answered"));
  },

  /** What the parser knows or does not know: JSON has no dates, for example. */
  async exotic(run) {
    const socket = await run.connected("A");
    const date = new Date(1700000000123);
    const values = [
      [date, [date], { when: date, before: new Date(-1) }],
      [undefined, [undefined], { gone: undefined, kept: null }],
      [NaN, -Infinity, -0, 2 ** 53, -(2 ** 63), 2 ** 40 + 0.5],
      [new Uint8Array([1, 2]), new Uint8Array([1, 2, 3, 4]).buffer, new Float32Array([1.5]), Buffer.alloc(300, 1)],
      [{ toJSON: () => ({ by: "toJSON" }) }, [{ toJSON: () => date }]],
      [{ 1: "numeric", "": "empty" }, Array.from({ length: 20 }, (_, i) => i), { nested: { data: Buffer.from([1]) } }],
      ["x".repeat(31), "ü".repeat(16), "€".repeat(100), "😀".repeat(70_000)],
    ];
    for (const args of values) {
      socket.emit("echo", ...args);
      run.log("echo", await next(socket, "echo"));
      run.log("answer", await new Promise((resolve) => socket.emit("echo", ...args, (...answer) => resolve(answer))));
    }
    run.log("made by the server", await socket.emitWithAck("make"));
  },

  async acknowledgements(run) {
    const socket = await run.connected("A");
    await new Promise((resolve) => {
      socket.emit("echo", 1, "two", [3], (...answer) => {
        run.log("answer", answer);
        resolve();
      });
    });
    run.log("nothing", await socket.emitWithAck("echo"));
    const all = await Promise.all([1, 2, 3, 4, 5].map((i) => socket.emitWithAck("echo", i)));
    run.log("together", all);
    await socket.timeout(50).emitWithAck("silence").catch((error) => run.log("timeout", error.message));
    await socket.timeout(50).emitWithAck("no such event").catch((error) => run.log("timeout", error.message));
    socket.on("question", (question, answer) => {
      answer(`${question}!`, "more");
      answer("a second answer is nothing");
    });
    socket.emit("ask", "why?");
    run.log("answered", await next(socket, "answered"));
    socket.emit("ask in vain");
    run.log("in vain", await next(socket, "no answer"));
    run.log("still there", await socket.emitWithAck("echo", 1));
  },

  async namespaces(run) {
    const socket = await run.connected("A");
    const admin = socket.io.socket("/private", { auth: { token: "secret" } });
    await new Promise((resolve) => admin.once("connect", resolve));
    run.log("ids differ", admin.id !== socket.id, admin.id !== socket.io.engine.id);
    run.log("admin", await admin.emitWithAck("echo", "admin"));
    run.log("main", await socket.emitWithAck("echo", "main"));
    const unknown = socket.io.socket("/unknown?with=query");
    await new Promise((resolve) => {
      unknown.once("connect_error", (error) => {
        run.log("unknown", error.message, error.data);
        resolve();
      });
    });
    admin.disconnect();
    run.log("after disconnect of one", await socket.emitWithAck("echo", "main"), admin.connected, socket.connected);
    admin.connect();
    await new Promise((resolve) => admin.once("connect", resolve));
    run.log("again", await admin.emitWithAck("echo", Buffer.from([1])));
  },

  async middleware(run) {
    for (const auth of [undefined, {}, { token: "wrong", n: [1] }, (answer) => answer({ token: "later" })]) {
      const socket = await run.refused("refused", { namespace: "/private", auth });
      run.log("active", socket.active, socket.connected);
      socket.close();
    }
    const socket = await run.connected("A", { namespace: "/private", auth: { token: "secret" } });
    run.log("accepted", await socket.emitWithAck("echo", 1));
    socket.emit("forbidden", 1);
    run.log("refused event", await next(socket, "refused"));
    run.log("goes on", await socket.emitWithAck("echo", 2));
  },

  async rooms(run) {
    const [a, b, c] = [await run.connected("A"), await run.connected("B"), await run.connected("C")];
    const all = { a, b, c };
    const settle = async (what, sender) => {
      // What the sender sent is done when it has an answer, and has arrived where each has one.
      await sender.emitWithAck("echo", "sent");
      for (const [name, socket] of Object.entries(all)) {
        await socket.emitWithAck("echo", "settled");
        run.log(what, name, queueOf(socket, "told").arrived.splice(0));
      }
    };
    run.log("own room", run.sorted(await a.emitWithAck("rooms")));
    await a.emitWithAck("join", "red");
    await b.emitWithAck("join", ["red", "blue"]);
    await c.emitWithAck("join", "blue");
    run.log("rooms", run.sorted(await b.emitWithAck("rooms")));
    a.emit("to", "red", "to red");
    await settle("to", a);
    a.emit("in", "red", "in red");
    await settle("in", a);
    a.emit("two rooms", "red", "blue", "once each");
    await settle("two rooms", a);
    a.emit("except", "blue", "not blue");
    await settle("except", a);
    c.emit("broadcast", "all but me", Buffer.from([1]));
    await settle("broadcast", c);
    c.emit("everybody", "all", { of: "us" });
    await settle("everybody", c);
    a.emit("to", c.id, "only C");
    await settle("by id", a);
    a.emit("volatile", "while writable");
    await settle("volatile", a);
    await b.emitWithAck("leave", "red");
    await b.emitWithAck("leave", "never joined");
    a.emit("in", "red", "without B");
    await settle("leave", a);
    a.emit("to", "nobody is here", "x");
    await settle("empty room", a);
    await a.emitWithAck("move all", "blue", "green");
    run.log("moved", run.sorted(await b.emitWithAck("rooms")));
    const fetched = await a.emitWithAck("fetch", "green");
    run.log("fetched", run.sorted(fetched.map(([id, rooms]) => [id, ...run.sorted(rooms)].join(" "))));
  },

  async broadcastAcknowledgements(run) {
    const [a, b, c] = [await run.connected("A"), await run.connected("B"), await run.connected("C")];
    await b.emitWithAck("join", "polled");
    await c.emitWithAck("join", "polled");
    b.on("question", (question, answer) => answer("b"));
    c.on("question", (question, answer) => answer("c"));
    run.log("all", await a.emitWithAck("ask room", "polled", LONG));
    run.log("nobody", await a.emitWithAck("ask room", "empty", LONG));
    c.off("question");
    await new Promise((resolve) => {
      a.emit("ask room", "polled", ENOUGH, (error, responses) => {
        run.log("one is silent", error, responses);
        resolve();
      });
    });
  },

  async disconnects(run) {
    const observer = await run.connected("observer");
    await observer.emitWithAck("join", "observers");

    /** Connects a visitor, ends its connection in some way, and logs what both sides see. */
    const end = async (name, how) => {
      const socket = await run.connected(name);
      await socket.emitWithAck("join", "somewhere");
      const away = disconnected(socket);
      how(socket);
      run.log(name, "disconnect", run.whereverPolls(await away));
      const [id, reason, rooms] = await nextOfOwn(run, observer, "leaving");
      // Over polling the reason depends on whether a request is waiting when the server closes.
      const expected = reason.replace("forced server close", "forced close");
      run.log("leaving", id, expected, rooms);
      const [, last, left] = await nextOfOwn(run, observer, "gone");
      run.log("gone", last === reason, left);
      socket.io.engine.close();
    };

    await end("client disconnects", (socket) => socket.disconnect());
    await end("server disconnects", (socket) => socket.emit("bye", false));
    await end("server closes", (socket) => socket.emit("bye", true));
    await end("server throws out", () => observer.emit("throw out", "somewhere", true));
    await end("engine closes", (socket) => socket.io.engine.close());
    await end("pings are not answered", (socket) => (socket.io.engine._sendPacket = () => {}));
    await end("bad packet", (socket) => socket.io.engine.write("9not a packet"));
    await end("event for another namespace", (socket) => socket.io.engine.write('2/other,["x"]'));
    await end("connects twice", (socket) => socket.io.engine.write("0"));
    await end("attachment missing", (socket) => socket.io.engine.write('51-["x",{"_placeholder":true,"num":0}]2["y"]'));
    await end("text in place of an attachment", (socket) => {
      socket.io.engine.write('51-["x",{"_placeholder":true,"num":0}]');
      socket.io.engine.write('2["y"]');
    });
    await end("reserved event name", (socket) => socket.io.engine.write('2["disconnect"]'));
    await end("attachment that nobody announced", (socket) => socket.io.engine.write(Buffer.from([1])));
    run.log("observer", observer.connected);
  },

  async reconnection(run) {
    const socket = await run.connected("A", { reconnection: true, reconnectionDelay: 10 });
    const before = socket.id;
    await socket.emitWithAck("join", "red");
    const again = new Promise((resolve) => socket.once("connect", resolve));
    const away = disconnected(socket);
    socket.io.engine.close();
    await away;
    socket.emit("echo", "buffered while away");
    await again;
    run.log("new id", socket.id !== before, socket.recovered);
    run.log("buffered", await next(socket, "echo"));
    await next(socket, "hello");
    run.log("rooms are gone", (await socket.emitWithAck("rooms")).length);
  },

  async handshake(run) {
    const socket = await run.connected("A", { query: { extra: "a b&ü" }, auth: { name: "ü", n: 1 } });
    run.log("handshake", await socket.emitWithAck("handshake"));
    run.log("id length", socket.id.length, socket.io.engine.id.length, socket.io.engine.id !== socket.id);
  },

  async catchAll(run) {
    const socket = await run.connected("A");
    await socket.emitWithAck("count any");
    socket.emit("silence", 1, 2);
    run.log("any", await next(socket, "any"));
    socket.emit("no listener for this");
    run.log("any", await next(socket, "any"));
  },

  async duringUpgrade(run) {
    const socket = run.socket("A");
    const count = 300;
    for (let i = 0; i < count; i++) {
      socket.emit("echo", i, i % 10 === 0 ? Buffer.from([i & 255]) : "text");
      if (i % 20 === 0) {
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    }
    for (let i = 0; i < count; i++) {
      run.log("echo", await next(socket, "echo"));
    }
    run.log("more", queueOf(socket, "echo").arrived.length);
  },
};

/** Long binary by its length and first byte. */
function shorten(value) {
  const long = Buffer.isBuffer(value) && value.length > 1000;
  return long ? `${value.length} bytes of ${value[0]}` : value;
}

function withDeadline(promise, run) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no end after: ${run.lines.slice(-3).join(" ")}`)), LIMIT);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

serve({
  scenarios: () => Object.keys(scenarios),
  modes: () => Object.keys(MODES),
  async play(port, scenario, mode, parser = "json") {
    const run = new Run(port, mode, parser);
    try {
      await withDeadline(scenarios[scenario](run), run);
      return [...run.lines];
    } finally {
      run.sockets.forEach((socket) => socket.io.engine?.close());
    }
  },
});

// What the last client of Socket.IO 2 does and sees, scenario by scenario: like scenario-client.cjs, which says more.
"use strict";

require("./jsonp-dom.cjs");
const io = require("socket.io-client-2");
const { serve } = require("parley-peer.cjs");

const MODES = {
  polling: { transports: ["polling"] },
  websocket: { transports: ["websocket"] },
  upgrade: {},
  jsonp: { transports: ["polling"], forceJSONP: true },
  "polling in base64": { transports: ["polling"], forceBase64: true },
  "websocket in base64": { transports: ["websocket"], forceBase64: true },
};
const EVENTS = ["hello", "echo", "told", "answered", "no answer", "refused", "leaving", "gone"];

class Run {
  constructor(port, mode) {
    this.url = `http://127.0.0.1:${port}`;
    this.mode = mode;
    this.polls = MODES[mode].transports?.[0] === "polling";
    this.lines = [];
    this.names = new Map();
    this.sockets = [];
  }

  socket(name, path = "/", options = {}) {
    const socket = io(this.url + path, { ...MODES[this.mode], forceNew: true, reconnection: false, ...options });
    return this.watched(name, socket);
  }

  /** A socket of another namespace over the same connection. */
  sibling(name, socket, namespace, options) {
    return this.watched(name, socket.io.socket(namespace, options));
  }

  watched(name, socket) {
    this.sockets.push(socket);
    socket.queues = new Map(EVENTS.map((event) => [event, { arrived: [], waiters: [] }]));
    for (const [event, queue] of socket.queues) {
      socket.on(event, (...args) => {
        const waiter = queue.waiters.shift();
        waiter ? waiter(args) : queue.arrived.push(args);
      });
    }
    socket.on("hello", (id) => this.names.set(id, name));
    socket.on("error", (error) => {
      if (!error.description) {
        this.log(name, "error", error);
      } else if (!this.polls) {
        this.log(name, "error", "transport");
      }
    });
    return socket;
  }

  /** The reason for a disconnect, whether a poll was waiting at the server when it came or was refused after it. */
  whereverPolls(reason) {
    return this.polls ? reason.replace("transport error", "transport close") : reason;
  }

  async connected(name, path, options) {
    const socket = this.socket(name, path, options);
    await next(socket, "hello");
    if (this.mode === "upgrade" && socket.io.engine.transport.name === "polling") {
      await new Promise((resolve) => socket.io.engine.once("upgrade", resolve));
    }
    return socket;
  }

  log(...what) {
    this.lines.push(JSON.stringify(what.map((value) => this.plain(value))));
  }

  plain(value) {
    if (typeof value === "string") {
      return this.names.get(value) ?? value;
    }
    if (value instanceof ArrayBuffer || Buffer.isBuffer(value)) {
      return `bytes:${Buffer.from(value).toString("hex")}`;
    }
    if (Array.isArray(value)) {
      return value.map((element) => this.plain(element));
    }
    if (value !== null && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.plain(member)]));
    }
    return value === undefined ? "undefined" : value;
  }
}

function next(socket, event) {
  const queue = socket.queues.get(event);
  return queue.arrived.length > 0
    ? Promise.resolve(queue.arrived.shift())
    : new Promise((resolve) => queue.waiters.push(resolve));
}

/** As next, of sockets of this run; those of the run before may be leaving yet. */
async function nextOfOwn(run, socket, event) {
  for (;;) {
    const args = await next(socket, event);
    if (run.names.has(args[0])) {
      return args;
    }
  }
}

const once = (emitter, event) => new Promise((resolve) => emitter.once(event, (...args) => resolve(args)));
const ask = (socket, ...args) => new Promise((resolve) => socket.emit(...args, (...answer) => resolve(answer)));
const shorten = (value) => (Buffer.isBuffer(value) && value.length > 100 ? `${value.length} bytes` : value);

const scenarios = {
  async events(run) {
    const socket = await run.connected("A");
    const values = [
      [],
      ["", "ü€😀\u2028\u2029\"\\\n\\n\\\\n\r\n\u0000"],
      [0, -1, 1.5, true, null, [[1, [2]], { a: { b: null } }]],
      ["x".repeat(70_000)],
    ];
    for (const args of values) {
      socket.emit("echo", ...args);
      run.log("echo", await next(socket, "echo"));
    }
    for (let i = 0; i < 50; i++) {
      socket.emit("echo", i);
    }
    for (let i = 0; i < 50; i++) {
      run.log("in order", await next(socket, "echo"));
    }
  },

  async binary(run) {
    const socket = await run.connected("A");
    const values = [
      [Buffer.from("01ff", "hex")],
      [Buffer.alloc(0)],
      ["ü", Buffer.from([1]), { deep: [Buffer.from([2]), { er: Buffer.from([3, 4]) }] }, "after"],
      [Buffer.alloc(100_000, 7)],
    ];
    for (const args of values) {
      socket.emit("echo", ...args);
      run.log("echo", (await next(socket, "echo")).map(shorten));
      run.log("answer", (await ask(socket, "echo", ...args)).map(shorten));
    }
    for (let i = 0; i < 30; i++) {
      socket.emit("echo", i % 2 ? Buffer.from([i]) : i);
    }
    for (let i = 0; i < 30; i++) {
      run.log("mixed", await next(socket, "echo"));
    }
  },

  async acknowledgements(run) {
    const socket = await run.connected("A");
    run.log("answer", await ask(socket, "echo", "a", 1));
    run.log("empty", await ask(socket, "echo"));
    socket.on("question", (question, answer) => answer(`${question}!`, 2));
    socket.emit("ask", "why");
    run.log("answered", await next(socket, "answered"));
    socket.emit("ask in vain");
    run.log("in vain", await next(socket, "no answer"));
    socket.emit("forbidden");
    run.log("refused", await next(socket, "refused"));
  },

  async namespaces(run) {
    const main = await run.connected("main");
    const unknown = run.sibling("unknown", main, "/unknown", { query: { a: 1 } });
    await once(unknown, "error");
    const wrong = run.sibling("wrong", main, "/private", { query: { token: "wrong", list: "a b&ü" } });
    await once(wrong, "error");
    const closed = run.sibling("closed", main, "/closed");
    await once(closed, "error");
    const second = await run.connected("second", "/private?token=secret&extra=1");
    run.log("handshake", await ask(second, "handshake"));
    run.log("ids", second.id.replace(second.io.engine.id, "engine"), second.io.engine.id === main.id);
    run.log("its rooms", (await ask(second, "rooms"))[0].map((room) => room === second.id));
    run.log("answer", await ask(second, "echo", Buffer.from([1]), "x"));
    const away = once(second, "disconnect");
    second.emit("bye", false);
    run.log("left", await away, main.connected);
    run.log("main", await ask(main, "echo", "still here"));
  },

  async rooms(run) {
    const [first, second] = [await run.connected("first"), await run.connected("second")];
    run.log("id", first.id === first.io.engine.id);
    await ask(first, "join", "red");
    await ask(second, "join", "red");
    first.emit("to", "red", "from first");
    run.log("second", await next(second, "told"));
    second.emit("in", "red", Buffer.from([7]));
    run.log("both", await next(first, "told"), await next(second, "told"));
    first.emit("to", second.id, "only you");
    run.log("by id", await next(second, "told"));
    second.emit("volatile", "now or never");
    await ask(first, "leave", "red");
    first.emit("in", "red", "who is left");
    run.log("second", [await next(second, "told"), await ask(second, "echo")].length);
  },

  async disconnects(run) {
    const observer = await run.connected("observer");
    await ask(observer, "join", "observers");
    const end = async (name, how) => {
      const socket = await run.connected(name);
      await ask(socket, "join", "somewhere");
      const away = once(socket, "disconnect");
      how(socket);
      run.log(name, "disconnect", (await away).map((told) => run.whereverPolls(told)));
      const [id, reason, rooms] = await nextOfOwn(run, observer, "leaving");
      // Over polling the reason depends on whether a request is waiting when the server closes.
      run.log("leaving", id, reason.replace("forced server close", "forced close"), rooms);
      const [, last, left] = await nextOfOwn(run, observer, "gone");
      run.log("gone", last === reason, left);
      socket.io.engine.close();
    };
    await end("client disconnects", (socket) => socket.disconnect());
    await end("server disconnects", (socket) => socket.emit("bye", false));
    await end("server closes", (socket) => socket.emit("bye", true));
    await end("engine closes", (socket) => socket.io.engine.close());
    await end("bad packet", (socket) => socket.io.engine.write("9not a packet"));
    await end("connects twice", (socket) => socket.io.engine.write("0"));
    await end("pong unasked", (socket) => socket.io.engine.sendPacket("pong"));
  },

  async reconnection(run) {
    const socket = await run.connected("A", "/", { reconnection: true, reconnectionDelay: 10 });
    const before = socket.id;
    const again = once(socket, "reconnect");
    const away = once(socket, "disconnect");
    socket.io.engine.close();
    await away;
    socket.emit("echo", "buffered while away");
    await again;
    run.log("buffered", await next(socket, "echo"));
    run.log("new id", socket.id !== before);
  },

  async heartbeat(run) {
    const socket = await run.connected("A");
    await once(socket, "pong");
    run.log("alive", socket.connected);
  },

  async handshake(run) {
    const socket = await run.connected("A", "/", { query: { extra: "a b&ü" } });
    run.log("handshake", await ask(socket, "handshake"));
  },

  async duringUpgrade(run) {
    const socket = run.socket("A");
    for (let i = 0; i < 200; i++) {
      socket.emit("echo", i, i % 10 === 0 ? Buffer.from([i & 255]) : "text");
      if (i % 20 === 0) {
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    }
    for (let i = 0; i < 200; i++) {
      run.log("echo", await next(socket, "echo"));
    }
  },
};

serve({
  scenarios: () => Object.keys(scenarios),
  modes: () => Object.keys(MODES),
  async play(port, scenario, mode) {
    const run = new Run(port, mode);
    let timer;
    const late = new Promise((resolve) => {
      timer = setTimeout(() => resolve(run.log("not finished in time")), 15_000);
    });
    await Promise.race([scenarios[scenario](run), late]);
    clearTimeout(timer);
    run.sockets.forEach((socket) => socket.close());
    return run.lines;
  },
});

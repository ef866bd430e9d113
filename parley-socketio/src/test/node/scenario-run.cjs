// One run of a scenario with the official client: its sockets, what they wait for, and its transcript.
"use strict";

const { io } = require("socket.io-client");
const msgpack = require("socket.io-msgpack-parser");

const MODES = {
  polling: { transports: ["polling"] },
  websocket: { transports: ["websocket"] },
  upgrade: {},
};

// How long, in ms, a server is to wait for answers. Who answers does so on a busy machine too.
const SHORT = 50; // nobody answers
const ENOUGH = 2_000; // some answer, some never do
const LONG = 10_000; // all answer

// After which a scenario hangs, in ms: a dozen are played side by side, perhaps on one busy core.
const LIMIT = 60_000;

const PARSERS = { json: undefined, msgpack };

/** One run of a scenario: its sockets and its transcript. */
class Run {
  constructor(port, mode, parser) {
    this.parser = PARSERS[parser];
    this.url = `http://127.0.0.1:${port}`;
    this.mode = mode;
    this.lines = [];
    this.names = new Map();
    this.sockets = [];
  }

  /** A socket with a connection of its own, not connected yet. */
  socket(name, { namespace = "/", ...options } = {}) {
    const own = this.parser ? { parser: this.parser, ...options } : options;
    const socket = io(this.url + namespace, { ...MODES[this.mode], forceNew: true, reconnection: false, ...own });
    this.sockets.push(socket);
    socket.on("hello", (id) => this.names.set(id, name));
    socket.on("connect_error", (error) => this.log(name, "connect_error", error.message, error.data));
    socket.waiting = new Map();
    socket.onAny((event, ...args) => {
      const queue = queueOf(socket, event);
      const waiter = queue.waiters.shift();
      waiter ? waiter(args) : queue.arrived.push(args);
    });
    return socket;
  }

  async connected(name, options) {
    const socket = this.socket(name, options);
    await next(socket, "hello");
    if (this.mode === "upgrade" && socket.io.engine.transport.name === "polling") {
      await new Promise((resolve) => socket.io.engine.once("upgrade", resolve));
    }
    return socket;
  }

  /** A socket that may not join; what it is told is in the transcript. */
  async refused(name, options) {
    const socket = this.socket(name, options);
    await new Promise((resolve) => socket.once("connect_error", resolve));
    return socket;
  }

  /** The reason for a disconnect, whether a poll was waiting at the server when it came or was refused after it. */
  whereverPolls(reason) {
    return this.mode === "polling" ? reason.replace("transport error", "transport close") : reason;
  }

  log(...what) {
    this.lines.push(JSON.stringify(what.map((value) => this.plain(value))));
  }

  /** In the order of the names, not of the ids that they stand for. */
  sorted(list) {
    return list.map((text) => text.replace(/[\w-]{20}/g, (id) => this.names.get(id) ?? id)).sort();
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
    if (value instanceof Date) {
      return `date:${value.getTime()}`;
    }
    if (typeof value === "number" && !Number.isFinite(value)) {
      return `number:${value}`;
    }
    if (value !== null && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.plain(member)]));
    }
    return value === undefined ? "undefined" : value;
  }
}

function queueOf(socket, event) {
  if (!socket.waiting.has(event)) {
    socket.waiting.set(event, { arrived: [], waiters: [] });
  }
  return socket.waiting.get(event);
}

/** The arguments of the next event of this name; each is given once, in order. */
function next(socket, event) {
  const queue = queueOf(socket, event);
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

const disconnected = (socket) => new Promise((resolve) => socket.once("disconnect", resolve));

module.exports = { MODES, SHORT, ENOUGH, LONG, LIMIT, Run, queueOf, next, nextOfOwn, disconnected };

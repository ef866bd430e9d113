// Official clients that begin with polling and upgrade while messages flow both ways; they check what they hear.
"use strict";

const { io } = require("socket.io-client");
const { serve } = require("parley-peer.cjs");

const AT_A_TIME = 100;

/** One client: sends numbered messages from its first moment on, and checks the numbers that come. */
class Client {
  constructor(port, index, messages) {
    this.index = index;
    this.messages = messages;
    this.next = { direct: 0, everybody: 0 };
    this.problems = [];
    this.upgraded = false;
    this.socket = io(`http://127.0.0.1:${port}`, { forceNew: true, reconnection: false });
    this.socket.on("disconnect", (reason) => this.problems.push(`disconnected: ${reason}`));
    this.socket.on("connect_error", (error) => this.problems.push(`connect_error: ${error.message}`));
    this.direct = new Promise((resolve) => {
      this.socket.on("direct", (number) => this.hear("direct", number, resolve));
    });
    this.everybody = undefined; // the first number tells when this one joined
    this.socket.on("everybody", (number) => {
      if (this.everybody === undefined) {
        this.next.everybody = number;
        this.everybody = number;
      }
      this.hear("everybody", number);
    });
    this.onUpgrade = new Promise((resolve) => {
      this.socket.io.once("open", () => {
        this.socket.io.engine.once("upgrade", () => {
          this.upgraded = true;
          resolve();
        });
      });
    });
    this.socket.once("connect", () => this.talk());
  }

  hear(kind, number, done) {
    if (number !== this.next[kind]) {
      this.problems.push(`${kind} ${number} (expected: ${this.next[kind]})`);
    }
    this.next[kind] = number + 1;
    if (done && this.next[kind] === this.messages) {
      done();
    }
  }

  /** Half of it before the upgrade is done, half whenever. */
  async talk() {
    for (let number = 0; number < this.messages; number++) {
      this.socket.emit("count", number);
      if (number % 4 === 3) {
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    }
  }

  async done() {
    await Promise.all([this.direct, this.onUpgrade]);
    // What the server has counted comes back after everything before it.
    this.counted = await this.socket.emitWithAck("counted");
  }
}

let clients = [];

serve({
  /** Returns, for each client, what it saw go wrong, and what the server counted of it. */
  async storm(port, count, messages) {
    for (let first = 0; first < count; first += AT_A_TIME) {
      const wave = Array.from({ length: AT_A_TIME }, (_, i) => new Client(port, first + i, messages));
      clients.push(...wave);
      await Promise.all(wave.map((client) => client.done()));
    }
    return clients.map((client) => ({
      upgraded: client.upgraded,
      counted: client.counted,
      direct: client.next.direct,
      problems: client.problems.slice(0, 5),
    }));
  },
  /** How many clients have heard the last broadcast. */
  heardEverybody(last) {
    return clients.filter((client) => client.next.everybody === last + 1).length;
  },
  problems() {
    return clients.flatMap((client) => client.problems).slice(0, 20);
  },
  leave() {
    clients.forEach((client) => client.socket.removeAllListeners("disconnect").disconnect());
    clients = [];
  },
});

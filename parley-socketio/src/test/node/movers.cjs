// Official clients that know two servers and work all the time: each does one numbered piece of work after the other, and
// does it again, at the other server, when the connection is lost before it was acknowledged.
"use strict";

const { io } = require("socket.io-client");
const { serve } = require("parley-peer.cjs");

const TRANSPORTS = [["websocket"], ["polling"], ["polling", "websocket"]];

class Mover {
  constructor(name, ports) {
    this.name = name;
    this.acknowledged = [];
    this.told = 0;
    this.disconnects = [];
    this.working = true;
    const transports = TRANSPORTS[name % TRANSPORTS.length];
    this.polls = transports.includes("polling");
    const url = `http://127.0.0.1:${ports[0]}`;
    this.socket = io(url, { transports, forceNew: true, reconnectionDelay: 20, reconnectionDelayMax: 50 });
    this.socket.on("moving", () => this.told++);
    this.socket.on("disconnect", (reason) => {
      this.disconnects.push(reason);
      this.socket.io.uri = `http://127.0.0.1:${ports[1]}`; // what a balancer would do
    });
    this.connected = new Promise((resolve) => this.socket.once("connect", resolve));
  }

  async work() {
    await this.connected;
    for (let n = 0; this.working; n++) {
      while (!(await this.attempt(n))) {
        // once more, wherever it is connected then
      }
      this.acknowledged.push(n);
    }
  }

  attempt(n) {
    return new Promise((resolve) => {
      const away = () => resolve(false);
      this.socket.once("disconnect", away);
      this.socket.emit("work", this.name, n, (answer) => {
        this.socket.off("disconnect", away);
        resolve(answer === n);
      });
    });
  }
}

let movers = [];
let work;

serve({
  async start(count, ...ports) {
    movers = Array.from({ length: count }, (_, name) => new Mover(name, ports));
    await Promise.all(movers.map((mover) => mover.connected));
    work = Promise.all(movers.map((mover) => mover.work()));
  },
  async stop() {
    movers.forEach((mover) => (mover.working = false));
    await work;
    const seen = movers.map(({ polls, acknowledged, told, disconnects }) => ({
      polls,
      acknowledged,
      told,
      disconnects: [...disconnects],
    }));
    movers.forEach((mover) => mover.socket.disconnect());
    return seen;
  },
});

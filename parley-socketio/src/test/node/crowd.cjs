// Many official clients that talk at once, and count what they hear.
"use strict";

const { io } = require("socket.io-client");
const { serve } = require("parley-peer.cjs");

const MODES = [{ transports: ["polling"] }, { transports: ["websocket"] }, {}];

let members = [];

/** One client; it remembers what is wrong with what it hears. */
class Member {
  constructor(port, index, expected) {
    this.index = index;
    this.next = new Map();
    this.heard = 0;
    this.problems = [];
    this.socket = io(`http://127.0.0.1:${port}`, { ...MODES[index % 3], forceNew: true, reconnection: false });
    this.socket.on("disconnect", (reason) => this.problems.push(`disconnected: ${reason}`));
    this.complete = new Promise((resolve) => {
      this.socket.on("told", (sender, number) => {
        this.hear(sender, number);
        if (this.heard === expected) {
          resolve();
        }
      });
    });
  }

  connected() {
    return new Promise((resolve) => this.socket.on("connect", resolve));
  }

  hear(sender, number) {
    const wanted = this.next.get(sender) ?? 0;
    if (number !== wanted) {
      this.problems.push(`${number} of ${sender} (expected: ${wanted})`);
    }
    this.next.set(sender, number + 1);
    this.heard++;
  }

  async talk(messages) {
    for (let number = 0; number < messages; number++) {
      this.socket.emit("everybody", this.index, number);
      if (number % 50 === 49) {
        await this.socket.emitWithAck("echo", number); // lets the others have their turn
      }
    }
  }
}

serve({
  async gather(port, clients, messages) {
    members = Array.from({ length: clients }, (_, index) => new Member(port, index, clients * messages));
    await Promise.all(members.map((member) => member.connected()));
  },
  async talk(messages) {
    await Promise.all(members.map((member) => member.talk(messages)));
    await Promise.race([
      Promise.all(members.map((member) => member.complete)),
      new Promise((resolve) => setTimeout(resolve, 15_000)),
    ]);
    return members.map((member) => ({ heard: member.heard, problems: member.problems.slice(0, 5) }));
  },
  leave() {
    members.forEach((member) => member.socket.removeAllListeners("disconnect").disconnect());
  },
});

// Official clients that keep account of numbered events while their connections are cut: within a session that goes on
// each stream has no gap and no double, and after a session that was lost numbers only grow.
"use strict";

const { io } = require("socket.io-client");
const { serve } = require("parley-peer.cjs");

const clients = [];
const problems = [];

function start(port, number) {
  const client = { last: {}, mayJump: {}, recovered: 0, fresh: 0 };
  const transports = [["websocket"], ["polling"], ["polling", "websocket"]][number % 3];
  client.socket = io(`http://127.0.0.1:${port}`, {
    forceNew: true, transports, auth: { number },
    reconnectionDelay: 20, reconnectionDelayMax: 60, timeout: 2000,
  });
  client.socket.on("connect", () => {
    if (client.socket.recovered) {
      client.recovered++;
    } else {
      client.fresh++;
      client.mayJump = { all: true, also: true, room: true, direct: true };
    }
  });
  for (const stream of ["all", "also", "room", "direct"]) {
    client.socket.on(stream, (seq) => hear(client, number, stream, seq));
  }
  clients.push(client);
}

// What comes before "connect" belongs to the session that goes on: no jump is allowed there either.
function hear(client, number, stream, seq) {
  const last = client.last[stream] ?? -1;
  const isNext = seq === last + 1;
  if (!isNext && !(seq > last && client.mayJump[stream])) {
    problems.push(`client ${number}: ${stream} ${seq} after ${last}`);
  }
  client.mayJump[stream] = false;
  client.last[stream] = seq;
}

serve({
  gather(ports, count) {
    for (let number = 0; number < count; number++) {
      start(ports[number % ports.length], number);
    }
  },
  connected: () => clients.filter((client) => client.socket.connected).length,
  heard: (seq) => clients.filter((client) => client.last.all === seq).length,
  audit: () => ({
    problems,
    recovered: clients.reduce((sum, client) => sum + client.recovered, 0),
    fresh: clients.reduce((sum, client) => sum + client.fresh, 0),
  }),
  leave: () => clients.forEach((client) => client.socket.disconnect()),
});

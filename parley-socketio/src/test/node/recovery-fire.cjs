// Official clients that keep account of numbered events while their connections are cut: as long as a session goes on
// no stream has a gap or a double, and after a session that was lost numbers only grow.
"use strict";

const { io } = require("socket.io-client");
const { serve } = require("parley-peer.cjs");

const STREAMS = ["all", "also", "room", "direct"];
const KEPT_LINES = 60; // of each client's story

const clients = [];
const problems = [];

function start(port, number) {
  const client = { number, last: {}, mayJump: {}, spans: {}, story: [], recovered: 0, fresh: 0 };
  const transports = [["websocket"], ["polling"], ["polling", "websocket"]][number % 3];
  const socket = io(`http://127.0.0.1:${port}`, {
    forceNew: true, transports, auth: { number },
    reconnectionDelay: 20, reconnectionDelayMax: 60, timeout: 2000,
  });
  client.socket = socket;
  socket.on("connect", () => {
    note(client, `connect ${socket.recovered ? "recovered" : "new"} ${socket.id} ${transportOf(socket)}`);
    if (socket.recovered) {
      client.recovered++;
    } else {
      client.fresh++;
      client.mayJump = Object.fromEntries(STREAMS.map((stream) => [stream, true]));
    }
  });
  socket.on("disconnect", (reason) => note(client, `disconnect ${reason}, offset ${socket._lastOffset}`));
  socket.on("connect_error", (error) => note(client, `connect_error ${error.message}`));
  for (const stream of STREAMS) {
    socket.on(stream, (seq) => hear(client, stream, seq));
  }
  clients.push(client);
}

function transportOf(socket) {
  return socket.io.engine.transport.name;
}

// What comes before "connect" belongs to the session that goes on: no jump is allowed there either.
function hear(client, stream, seq) {
  const last = client.last[stream] ?? -1;
  const isNext = seq === last + 1;
  if (!isNext && !(seq > last && client.mayJump[stream])) {
    problems.push(`client ${client.number}: ${stream} ${seq} after ${last}`);
  }
  client.mayJump[stream] = false;
  client.last[stream] = seq;
  const span = client.spans[stream];
  if (span && isNext) {
    span.to = seq;
  } else {
    tellSpan(client, stream);
    client.spans[stream] = { from: seq, to: seq };
  }
}

function tellSpan(client, stream) {
  const span = client.spans[stream];
  if (span) {
    client.story.push(`${stream} ${span.from}..${span.to}`);
    delete client.spans[stream];
  }
}

function note(client, line) {
  STREAMS.forEach((stream) => tellSpan(client, stream));
  client.story.push(line);
  client.story.splice(0, client.story.length - KEPT_LINES);
}

// An answer proves a connection that both sides have.
async function settle(client) {
  client.settled = false;
  while (!client.settled) {
    client.settled = await client.socket.timeout(1000).emitWithAck("here").then(() => true, () => false);
    if (!client.settled) {
      note(client, `no answer, ${stateOf(client.socket)}`);
    }
  }
}

function stateOf(socket) {
  const { readyState, upgrading, writeBuffer, transport } = socket.io.engine ?? {};
  return `${socket.connected ? "connected" : "away"} ${socket.id}, engine ${readyState} over ${transport?.name} `
    + `(${transport?.readyState}, writable ${transport?.writable}, polling ${transport?._polling}), `
    + `upgrading ${upgrading}, waiting ${writeBuffer?.length}`;
}

function isBehind(client, last) {
  return STREAMS.some((stream) => client.last[stream] !== last);
}

function storyOf(client) {
  note(client, `now ${stateOf(client.socket)}`);
  return `client ${client.number}, pid ${client.socket._pid}:\n  ${client.story.join("\n  ")}`;
}

serve({
  gather(ports, count) {
    for (let number = 0; number < count; number++) {
      start(ports[number % ports.length], number);
    }
  },
  connected: () => clients.filter((client) => client.socket.connected).length,
  settle: async () => (await Promise.all(clients.map(settle))).length,
  behind: (last) => clients.filter((client) => isBehind(client, last)).map((client) => client.number),
  audit: () => ({
    problems,
    recovered: clients.reduce((sum, client) => sum + client.recovered, 0),
    fresh: clients.reduce((sum, client) => sum + client.fresh, 0),
  }),
  // Of those with a problem, or without an answer, or who have not heard the last events.
  stories: (last) => clients
    .filter((client) => !client.settled || isBehind(client, last) || problems.some((text) => text.startsWith(`client ${client.number}:`)))
    .map(storyOf).join("\n"),
  leave: () => clients.forEach((client) => client.socket.disconnect()),
});

// Peers that mean no good: raw TCP connections, in a process of their own, that stop half way, flood, or write too slowly.
"use strict";

const net = require("node:net");
const { serve } = require("parley-peer.cjs");

const HOST = "Host: 127.0.0.1\r\n";
const UPGRADE =
  "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
const WEBSOCKET = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n" + HOST + UPGRADE;
const POLLING = "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\n" + HOST + "\r\n";

/** Each begins a handshake and goes no further. */
const BEGINNINGS = [
  "",
  "G",
  "GET /socket.io/?EIO=4&transport=webso",
  WEBSOCKET.slice(0, 90),
  "POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\n" + HOST + "Content-Length: 100\r\n\r\n40",
  WEBSOCKET, // a session that joins no namespace
  POLLING, // likewise
  POLLING + POLLING.slice(0, 30),
  Buffer.concat([Buffer.from(WEBSOCKET), Buffer.from([0x81])]), // half a frame
  Buffer.concat([Buffer.from(WEBSOCKET), masked("40").subarray(0, 5)]),
];

const AT_A_TIME = 200;

/** A text frame as a client sends it; the mask is zero. */
function masked(text) {
  const payload = Buffer.from(text);
  const head = payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 0xff];
  return Buffer.concat([Buffer.from([0x81, head[0] | 0x80, ...head.slice(1), 0, 0, 0, 0]), payload]);
}

let open = new Set();

function connect(port) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, "127.0.0.1", () => resolve(socket));
    socket.once("error", reject);
    socket.on("error", () => {}); // being cut is what it is here for
    socket.once("close", () => open.delete(socket));
    open.add(socket);
  });
}

/** A WebSocket that has joined the main namespace; what comes is not looked at. */
async function join(port) {
  const socket = await connect(port);
  socket.write(Buffer.concat([Buffer.from(WEBSOCKET), masked("40")]));
  await new Promise((resolve) => {
    let heard = "";
    socket.on("data", function wait(chunk) {
      heard += chunk.toString("latin1");
      if (heard.includes("hello")) {
        socket.off("data", wait);
        resolve();
      }
    });
  });
  return socket;
}

async function inWaves(count, one) {
  for (let first = 0; first < count; first += AT_A_TIME) {
    const wave = Array.from({ length: Math.min(AT_A_TIME, count - first) }, (_, i) => one(first + i));
    await Promise.all(wave);
  }
}

serve({
  /** Begins so many handshakes, each in one of ten ways, and leaves them there. */
  async stopHalfWay(port, count) {
    await inWaves(count, async (index) => {
      const socket = await connect(port);
      socket.resume();
      socket.write(BEGINNINGS[index % BEGINNINGS.length]);
    });
  },
  /** Sends events as fast as the connection takes them; resolves when the last one was handed to the network. */
  async flood(port, peers, events) {
    await inWaves(peers, async () => {
      const socket = await join(port);
      socket.resume();
      const frame = masked('42["flood","' + "x".repeat(40) + '"]');
      const batch = Buffer.concat(Array(100).fill(frame));
      for (let sent = 0; sent < events; sent += 100) {
        if (!socket.write(batch)) {
          await new Promise((resolve) => socket.once("drain", resolve));
        }
      }
      await new Promise((resolve) => socket.write(masked('42["end of flood"]'), resolve));
    });
  },
  /** Writes a frame one byte at a time, and never the last one, until it is cut. */
  async writeSlowly(port, peers) {
    await inWaves(peers, async () => {
      const socket = await join(port);
      socket.resume();
      const frame = masked('42["echo","' + "x".repeat(1_000) + '"]');
      let at = 0;
      const timer = setInterval(() => {
        socket.write(frame.subarray(at, at + 1));
        at = Math.min(at + 1, frame.length - 2);
      }, 20);
      socket.once("close", () => clearInterval(timer));
    });
  },
  stillOpen() {
    return open.size;
  },
  leave() {
    open.forEach((socket) => socket.destroy());
  },
});

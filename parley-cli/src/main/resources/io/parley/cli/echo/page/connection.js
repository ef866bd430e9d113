// One WebSocket at a time, and what its sender expects back: an echo keeps the order, so the first that comes back is the
// first that was sent.

import { log } from "./log.js";
import { bytes, describe, lengthOf, millis } from "./words.js";

const STATES = ["connecting", "open", "closing", "closed"];

let socket = null; // null until the first connect()
let awaited = []; // of what was sent on this socket and has not come back, oldest first
let counts = { sent: 0, sentBytes: 0, received: 0, receivedBytes: 0 };

/** Opens a socket, and closes the one before. Says in the log what the browser thinks of the arguments. */
export function connect(url, protocols, binaryType) {
  let opened;
  try {
    opened = new WebSocket(url, protocols);
  } catch (refusal) {
    log("error", `new WebSocket(): ${refusal.name}: ${refusal.message}`);
    return;
  }
  socket?.close();
  abandon();
  socket = opened;
  socket.binaryType = binaryType;
  counts = { sent: 0, sentBytes: 0, received: 0, receivedBytes: 0 };
  log("note", `new WebSocket(${[JSON.stringify(url), ...protocols.map((name) => JSON.stringify(name))].join(", ")})`);
  listenTo(opened);
}

function listenTo(opened) {
  opened.addEventListener("open", () => log("open", opened.protocol ? `protocol ${opened.protocol}` : "no protocol"));
  opened.addEventListener("message", (event) => onMessage(opened, event.data));
  opened.addEventListener("error", () => log("error", "the event says no more: pages must not know why"));
  opened.addEventListener("close", (event) => {
    log("close", `code ${event.code}, reason ${JSON.stringify(event.reason)}, wasClean ${event.wasClean}`);
    if (opened === socket) {
      abandon();
    }
  });
}

function onMessage(from, data) {
  if (from !== socket) {
    return; // an echo for the socket before
  }
  counts.received++;
  counts.receivedBytes += lengthOf(data);
  const sent = awaited.shift();
  const time = sent ? performance.now() - sent.at : 0;
  if (!sent?.quiet) {
    log("message", sent ? `${describe(data)} (after ${millis(time)})` : describe(data));
  }
  sent?.onEcho?.(data, time);
}

/** Nothing more will come back. */
function abandon() {
  const lost = awaited;
  awaited = [];
  lost.forEach((sent) => sent.onLost?.());
}

/**
 * Sends a message; false, with an entry in the log, if the browser refused it or would drop it.
 *
 * `onEcho(data, millis)` hears of what comes back, `onLost()` of an end before that; `quiet` ones are not in the log.
 */
export function send(data, { onEcho, onLost, quiet = false } = {}) {
  if (!socket) {
    log("error", "send(): there is no socket yet, connect first");
    return false;
  }
  try {
    socket.send(data);
  } catch (refusal) {
    log("error", `send(): ${refusal.name}: ${refusal.message}`);
    return false;
  }
  if (socket.readyState !== WebSocket.OPEN) {
    log("error", `send() after the close: dropped, and bufferedAmount grew to ${bytes(socket.bufferedAmount)}`);
    return false;
  }
  counts.sent++;
  counts.sentBytes += lengthOf(data);
  awaited.push({ at: performance.now(), onEcho, onLost, quiet });
  if (!quiet) {
    log("sent", describe(data));
  }
  return true;
}

/** Closes the socket; says in the log what the browser thinks of the arguments. */
export function close(...codeAndReason) {
  if (!socket) {
    log("error", "close(): there is no socket yet, connect first");
    return;
  }
  try {
    socket.close(...codeAndReason);
    log("note", `close(${codeAndReason.map((argument) => JSON.stringify(argument)).join(", ")})`);
  } catch (refusal) {
    log("error", `close(): ${refusal.name}: ${refusal.message}`);
  }
}

/** Sets how binary messages come, from now on. */
export function setBinaryType(type) {
  if (socket) {
    socket.binaryType = type;
  }
}

/** Bytes that the browser has taken and not handed to the network. */
export function bufferedAmount() {
  return socket?.bufferedAmount ?? 0;
}

/** What the socket says of itself now; the state is "none" until there is one. */
export function facts() {
  return {
    state: socket ? STATES[socket.readyState] : "none",
    readyState: socket ? `${socket.readyState} ${STATES[socket.readyState].toUpperCase()}` : "–",
    protocol: socket?.protocol || "–",
    extensions: socket?.extensions || "–",
    sent: `${counts.sent} / ${bytes(counts.sentBytes)}`,
    received: `${counts.received} / ${bytes(counts.receivedBytes)}`,
    buffered: bytes(bufferedAmount()),
  };
}

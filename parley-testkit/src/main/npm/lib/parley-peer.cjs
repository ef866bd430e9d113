// The Node half of NodePeer: JSON lines, requests on stdin, answers and events on stdout.
//
//   const { serve, tell } = require("parley-peer.cjs");
//   serve({ async connect(url) { ...; return result; } });
//   tell("message", data);
//
// A request is {"id": 1, "call": "connect", "args": [...]}; its answer {"id": 1, "result": ...} or
// {"id": 1, "error": "..."}; an event {"event": "message", "data": ...}. Binary data travels as {"$hex": "01ff"}.
"use strict";

const readline = require("node:readline");

const write = process.stdout.write.bind(process.stdout);

// What libraries print must not be taken for protocol lines.
console.log = console.info = console.error;

function toJson(value) {
  if (Buffer.isBuffer(value) || value instanceof Uint8Array) {
    return { $hex: Buffer.from(value).toString("hex") };
  }
  if (value instanceof ArrayBuffer) {
    return { $hex: Buffer.from(new Uint8Array(value)).toString("hex") };
  }
  if (Array.isArray(value)) {
    return value.map(toJson);
  }
  if (value instanceof Error) {
    return { message: value.message, data: toJson(value.data) };
  }
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toJson(member)]));
  }
  return value;
}

function fromJson(value) {
  if (Array.isArray(value)) {
    return value.map(fromJson);
  }
  if (value !== null && typeof value === "object") {
    if (typeof value.$hex === "string") {
      return Buffer.from(value.$hex, "hex");
    }
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fromJson(member)]));
  }
  return value;
}

function send(message) {
  write(JSON.stringify(message) + "\n");
}

/** Tells the test that something happened. */
function tell(event, data = null) {
  send({ event, data: toJson(data) });
}

async function answer(methods, request) {
  const method = methods[request.call];
  if (!method) {
    throw new Error(`no method ${request.call} (expected: one of ${Object.keys(methods).join(", ")})`);
  }
  return method(...fromJson(request.args));
}

/** Answers the test's requests by these methods, each in its own time; ends with the test. */
function serve(methods) {
  const lines = readline.createInterface({ input: process.stdin });
  lines.on("line", (line) => {
    const request = JSON.parse(line);
    answer(methods, request).then(
      (result) => send({ id: request.id, result: toJson(result ?? null) }),
      (error) => send({ id: request.id, error: String(error?.message ?? error) }),
    );
  });
  lines.on("close", () => process.exit(0));
  send({ event: "ready", data: null });
}

module.exports = { serve, tell };

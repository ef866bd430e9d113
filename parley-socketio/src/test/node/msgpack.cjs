// The official MessagePack parser, to compare with. Values travel as tagged texts, for JSON has neither dates nor
// undefined, and prints numbers in its own way.
"use strict";

const { serve } = require("parley-peer.cjs");
const { Decoder, Encoder } = require("socket.io-msgpack-parser");

function bitsOf(number) {
  const bits = Buffer.alloc(8);
  bits.writeDoubleBE(number + 0);
  return bits.toString("hex");
}

/** A text for each scalar, with its kind. */
function plain(value) {
  if (value === undefined) {
    return "u:";
  }
  if (value === null) {
    return "z:";
  }
  if (typeof value === "string") {
    return `s:${value}`;
  }
  if (typeof value === "number") {
    return `n:${bitsOf(value)}`;
  }
  if (typeof value === "boolean") {
    return `l:${value}`;
  }
  if (Buffer.isBuffer(value)) {
    return `b:${value.toString("hex")}`;
  }
  if (value instanceof ArrayBuffer) {
    return `a:${Buffer.from(value).toString("hex")}`;
  }
  if (value instanceof Date) {
    return `d:${value.getTime()}`;
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

const READERS = {
  u: () => undefined,
  z: () => null,
  s: (text) => text,
  n: (text) => Buffer.from(text, "hex").readDoubleBE(),
  l: (text) => text === "true",
  b: (text) => Buffer.from(text, "hex"),
  a: (text) => new Uint8Array(Buffer.from(text, "hex")).buffer,
  d: (text) => new Date(Number(text)),
};

/** The value that plain() told. */
function real(told) {
  if (typeof told === "string") {
    return READERS[told[0]](told.slice(2));
  }
  if (Array.isArray(told)) {
    return told.map(real);
  }
  return Object.fromEntries(Object.entries(told).map(([key, member]) => [key, real(member)]));
}

function decode(message) {
  const decoder = new Decoder();
  let packet = null;
  decoder.on("decoded", (decoded) => (packet = decoded));
  try {
    decoder.add(message);
  } catch (error) {
    return { error: error.message };
  }
  return { type: packet.type, nsp: packet.nsp, id: String(packet.id), data: plain(packet.data) };
}

serve({
  encodeAll: (batch) => batch.map((packet) => new Encoder().encode(real(packet))[0].toString("hex")),
  decodeAll: (batch) => batch.map(decode),
});

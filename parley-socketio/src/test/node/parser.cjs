// The official parser, to compare with: decodes lists of messages.
"use strict";

const { serve } = require("parley-peer.cjs");
const { Decoder, PacketType } = require("socket.io-parser");

/** A form of a value that looks the same wherever it was made. */
function plain(value) {
  if (typeof value === "string") {
    return `s:${value}`;
  }
  if (typeof value === "number") {
    // Its bits: not every JDK prints a number with the fewest digits, as JavaScript does.
    const bits = Buffer.alloc(8);
    bits.writeDoubleBE(value + 0);
    return `n:${bits.toString("hex")}`;
  }
  if (Buffer.isBuffer(value)) {
    return `b:${value.toString("hex")}`;
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
  }
  return value;
}

/** The data with the event's name as listeners know it: a number is known by its text, whose form is not compared. */
function named(packet) {
  if (packet.type !== PacketType.EVENT && packet.type !== PacketType.BINARY_EVENT) {
    return packet.data;
  }
  const [name, ...values] = packet.data;
  const text = String(name);
  return [/^-?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?$/.test(text) ? Number(text) : text, ...values];
}

function decode(messages) {
  const decoder = new Decoder();
  let packet = null;
  decoder.on("decoded", (decoded) => (packet = decoded));
  try {
    messages.forEach((message) => decoder.add(message));
  } catch (error) {
    return { error: error.message };
  }
  if (!packet) {
    return { pending: true };
  }
  return { type: PacketType[packet.type], nsp: packet.nsp, id: String(packet.id), data: JSON.stringify(plain(named(packet)) ?? null) };
}

serve({
  decodeAll: (batch) => batch.map(decode),
});

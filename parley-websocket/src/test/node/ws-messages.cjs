// Messages of every size and kind, and whether what comes back is the same.
"use strict";

const { once } = require("node:events");

const WORDS = "Überall the same words, over and over: they compress well. ";

/** A text of that many characters, or bytes that do not compress. */
function message(binary, size) {
  if (!binary) {
    return WORDS.repeat(Math.ceil(size / WORDS.length)).slice(0, size);
  }
  const bytes = Buffer.alloc(size);
  for (let i = 0, seed = size + 1; i < size; i++) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    bytes[i] = seed >>> 16;
  }
  return bytes;
}

/** Sends a message on a socket that is echoed, in pieces of `pieces` characters or bytes unless that is 0. */
async function roundTrip(socket, binary, size, pieces) {
  const sent = message(binary, size);
  const answer = once(socket, "message");
  if (pieces === 0) {
    socket.send(sent);
  } else {
    for (let from = 0; from < size; from += pieces) {
      socket.send(sent.slice(from, from + pieces), { binary, fin: from + pieces >= size });
    }
  }
  const [data, isBinary] = await answer;
  return isBinary === binary && Buffer.compare(data, Buffer.from(sent)) === 0;
}

module.exports = { roundTrip };

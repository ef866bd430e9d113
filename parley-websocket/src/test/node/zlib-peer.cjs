// zlib as Node has it, to compare with: an inflater with just the window that was agreed, and a deflater that keeps to it.
"use strict";

const zlib = require("node:zlib");
const { serve } = require("parley-peer.cjs");

const MARK = Buffer.from([0, 0, 0xff, 0xff]);

// The smallest output buffer that Node takes: a reference farther than the window then finds nothing in it either.
const SMALL_CHUNKS = 64;

function inflateTogether(payloads, windowBits) {
  const stream = Buffer.concat(payloads.flatMap((payload) => [payload, MARK]));
  const finishFlush = zlib.constants.Z_SYNC_FLUSH;
  return zlib.inflateRawSync(stream, { windowBits, chunkSize: SMALL_CHUNKS, finishFlush });
}

/** The messages of a connection, one behind the other. */
function inflate({ windowBits, contextTakeover, payloads }) {
  return contextTakeover
    ? inflateTogether(payloads, windowBits)
    : Buffer.concat(payloads.map((payload) => inflateTogether([payload], windowBits)));
}

function flushed(deflater, message) {
  return new Promise((resolve) => {
    const chunks = [];
    const keep = (chunk) => chunks.push(chunk);
    deflater.on("data", keep);
    deflater.write(message);
    deflater.flush(zlib.constants.Z_SYNC_FLUSH, () => {
      deflater.off("data", keep);
      const output = Buffer.concat(chunks);
      resolve(output.length === 0 ? Buffer.of(0) : output.subarray(0, output.length - MARK.length));
    });
  });
}

/** The payloads of a connection's messages. */
async function deflate({ windowBits, contextTakeover, level, messages }) {
  const payloads = [];
  let deflater = zlib.createDeflateRaw({ windowBits, level });
  for (const message of messages) {
    payloads.push(await flushed(deflater, message));
    if (!contextTakeover) {
      deflater.close();
      deflater = zlib.createDeflateRaw({ windowBits, level });
    }
  }
  deflater.close();
  return payloads;
}

serve({
  inflateAll: (connections) => connections.map(inflate),
  deflateAll: (connections) => Promise.all(connections.map(deflate)),
});

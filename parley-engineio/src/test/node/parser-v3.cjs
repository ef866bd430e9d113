// The official parser of Engine.IO 3, which the server keeps for old clients: to compare with.
"use strict";

const path = require("node:path");
const { serve } = require("parley-peer.cjs");
const parser = require(path.join(path.dirname(require.resolve("engine.io")), "parser-v3"));

function decode(body) {
  const packets = [];
  parser.decodePayload(body, (packet) => void packets.push(packet));
  return packets;
}

serve({
  encode(packets, supportsBinary) {
    let body;
    parser.encodePayload(packets, supportsBinary, (encoded) => (body = encoded));
    return Buffer.from(body);
  },
  decodeText: (body) => decode(body.toString("utf8")),
  decodeBinary: (body) => decode(body),
});

// What the official client sees, packet by packet, when it is lost and comes back. Ids and offsets are replaced by names.
"use strict";

const { io } = require("socket.io-client");
const { serve } = require("parley-peer.cjs");
const msgpack = require("socket.io-msgpack-parser");

const once = (emitter, event) => new Promise((resolve) => emitter.once(event, resolve));

async function connect(port, transport, parser, reconnection) {
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: [transport], forceNew: true, reconnection, reconnectionDelay: 10, autoConnect: false,
    ...(parser === "msgpack" ? { parser: msgpack } : {}),
  });
  const lines = [];
  const sessions = [];
  socket.io.on("packet", (packet) => {
    if (packet.type === 0) {
      if (!sessions.includes(packet.data.sid)) sessions.push(packet.data.sid);
      const keys = Object.keys(packet.data).join();
      lines.push(`CONNECT session ${sessions.indexOf(packet.data.sid)} with ${keys}`);
    } else if (packet.type === 2 || packet.type === 5) {
      const data = packet.data.map((value) => (Buffer.isBuffer(value) || value instanceof ArrayBuffer ? "bytes" : value));
      const last = data[data.length - 1];
      if (typeof last === "string" && /^[\w-]{7}(\.[\w-]+)?$/.test(last)) data[data.length - 1] = "(offset)";
      lines.push(JSON.stringify(data));
    }
  });
  socket.on("connect", () => lines.push(`connect, recovered: ${Boolean(socket.recovered)}`));
  socket.on("said", (value) => lines.push(`heard ${Buffer.isBuffer(value) ? "bytes" : JSON.stringify(value)}`));
  socket.on("disconnect", (reason) => lines.push(`disconnect: ${reason}`));
  socket.connect();
  await once(socket, "connect");
  return { socket, lines };
}

serve({
  async play(port, transport, parser) {
    const helper = (await connect(port, "websocket", parser, false)).socket;
    const { socket, lines } = await connect(port, transport, parser, true);
    await socket.emitWithAck("enter", "room", "Ada");
    await helper.emitWithAck("all", 1);
    await helper.emitWithAck("all", { nested: ["x"] });
    await helper.emitWithAck("volatile", 2);
    lines.push(JSON.stringify(await socket.emitWithAck("state")));
    const { id } = socket;
    // The loss: the client's side closes its transport without a word and stays away until the events are sent.
    const gate = [];
    socket.auth = (done) => gate.push(done);
    socket.io.engine.close();
    await once(socket.io, "open");
    await helper.emitWithAck("all", 3);
    await helper.emitWithAck("room", "room", 4);
    await helper.emitWithAck("room", "elsewhere", 5);
    await helper.emitWithAck("room", id, 6);
    await helper.emitWithAck("except", "room", 7);
    await helper.emitWithAck("others", Buffer.from([1, 2]));
    await helper.emitWithAck("volatile", 8);
    const back = once(socket, "connect");
    gate.forEach((done) => done({}));
    await back;
    lines.push(JSON.stringify(await socket.emitWithAck("state")));
    await helper.emitWithAck("all", 9);
    lines.push(JSON.stringify(await socket.emitWithAck("state")));
    socket.disconnect();
    helper.disconnect();
    return lines;
  },
});

// The servers for Node that are compared; what they do, and what is said on standard input and output, is described at
// io.parley.bench.peer.Peer and PeerProgram.
// Usage: node --expose-gc -e <this> <raw|socket.io> [deflate] [namespaces=<count>]
"use strict";

const http = require("node:http");
const readline = require("node:readline");

const HOST = "127.0.0.1";
const MAX_MESSAGE_BYTES = 2 * 1024 * 1024;
const COLLECTIONS = 3; // what a first one only marks, later ones free

const [protocol, ...options] = process.argv.slice(1);

function numberOf(option) {
  const found = options.find((given) => given.startsWith(`${option}=`));
  return found ? Number(found.slice(option.length + 1)) : 0;
}

function serveRaw(server) {
  const { WebSocketServer } = require("ws");
  const perMessageDeflate = options.includes("deflate") ? { threshold: 0 } : false;
  const everybody = new Set();
  new WebSocketServer({ server, perMessageDeflate, maxPayload: MAX_MESSAGE_BYTES }).on("connection", (socket, request) => {
    if (request.url === "/echo") {
      socket.on("message", (data, binary) => socket.send(data, { binary }));
      return;
    }
    everybody.add(socket);
    socket.on("message", (data, binary) => everybody.forEach((one) => one.send(data, { binary })));
    socket.on("close", () => everybody.delete(socket));
  });
}

function serveSocketIo(server) {
  const { Server } = require("socket.io");
  const io = new Server(server, { maxHttpBufferSize: MAX_MESSAGE_BYTES });
  serveNamespace(io.of("/"));
  for (let i = 0; i < numberOf("namespaces"); i++) {
    serveNamespace(io.of(`/n${i}`));
  }
}

function serveNamespace(namespace) {
  namespace.on("connection", (socket) => {
    for (const event of ["echo", "echo-binary"]) {
      socket.on(event, (data, answer) => (answer ? answer(data) : socket.emit(event, data)));
    }
    for (const event of ["broadcast", "broadcast-binary"]) {
      socket.on(event, (data) => namespace.emit(event, data));
    }
    socket.on("join", (rooms, answer) => {
      socket.join(rooms);
      answer?.();
    });
    socket.on("leave", (room) => socket.leave(room));
    socket.on("visit", (room) => {
      socket.join(room);
      namespace.to(room).emit("broadcast", room);
      socket.leave(room);
    });
    socket.on("enter", (text, answer) => {
      socket.join("lobby");
      answer();
    });
    socket.on("lobby", (data) => namespace.to("lobby").emit("broadcast", data));
    socket.on("to", (room, data) => namespace.to(room).emit("broadcast", data));
  });
}

function heapBytes() {
  for (let i = 0; i < COLLECTIONS; i++) {
    global.gc();
  }
  return process.memoryUsage().heapUsed;
}

function answer(question) {
  switch (question) {
    case "heap ":
      return heapBytes();
    case "compiled ": // V8 does not tell
      return 0;
    default:
      return process.memoryUsage().external;
  }
}

const server = http.createServer();
(protocol === "raw" ? serveRaw : serveSocketIo)(server);
server.listen(0, HOST, () => console.log(`port ${server.address().port}`));
readline
  .createInterface({ input: process.stdin })
  .on("line", (question) => console.log(question + answer(question)))
  .on("close", () => process.exit(0));

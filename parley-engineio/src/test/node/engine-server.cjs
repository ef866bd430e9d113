// The official Engine.IO server: echoes messages, tells of refused requests.
"use strict";

const { serve, tell } = require("parley-peer.cjs");
const { Server } = require("engine.io");
const http = require("http");

let httpServer;
let engine;

serve({
  listen(options) {
    httpServer?.close();
    engine?.close();
    const { middlewareFields, largeMessage, ...engineOptions } = options;
    engine = new Server({ ...engineOptions });
    if (middlewareFields) {
      engine.use((request, response, next) => {
        Object.entries(middlewareFields).forEach(([name, value]) => response.setHeader(name, value));
        next();
      });
    }
    httpServer = http.createServer((request, response) => response.writeHead(404).end());
    engine.attach(httpServer, { path: "/engine.io" });
    engine.on("connection", (socket) => {
      socket.on("message", (data) => socket.send(data));
      socket.on("close", (reason) => tell("end", reason));
      if (largeMessage) {
        socket.send("x".repeat(largeMessage));
      }
    });
    engine.on("connection_error", ({ code, message, context }) => {
      const { error, ...plain } = context;
      tell("refused", { code, message, context: plain });
    });
    return new Promise((resolve) => httpServer.listen(0, "127.0.0.1", () => resolve(httpServer.address().port)));
  },
});

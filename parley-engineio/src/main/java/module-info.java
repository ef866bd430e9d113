/** Engine.IO (protocol 4): sessions over HTTP long-polling and WebSocket. */
module io.parley.engineio {
    requires transitive io.parley.websocket;
    requires transitive org.jspecify;
    requires org.slf4j;

    exports io.parley.engineio;
    exports io.parley.engineio.packet;
    exports io.parley.engineio.server;
}

/** Socket.IO (protocol 5): events, acknowledgements, namespaces and rooms. */
module io.parley.socketio {
    requires transitive io.parley.engineio;
    requires transitive org.jspecify;
    requires org.slf4j;
    requires tools.jackson.databind;

    exports io.parley.socketio;
    exports io.parley.socketio.adapter;
    exports io.parley.socketio.packet;
    exports io.parley.socketio.server;
}

package io.parley.socketio.server;

import io.parley.engineio.DisconnectReason;
import io.parley.engineio.server.EngineOptions;
import io.parley.engineio.server.EngineSocket;

/** What a session's end is called when the engine has no words of its own for it. */
final class Endings {

    private Endings() {}

    /** The engine's description, or ours in place of an empty one. */
    static String describe(DisconnectReason reason, String description, EngineSocket engine, EngineOptions options) {
        if (!description.isEmpty()) {
            return description;
        }
        return switch (reason) {
            case TRANSPORT_ERROR -> "the transport failed";
            case TRANSPORT_CLOSE -> "the client closed its connection";
            case FORCED_CLOSE -> "the server closed the session";
            case PING_TIMEOUT -> describePingTimeout(engine, options);
            case PARSE_ERROR -> "a packet could not be understood";
            case TOO_SLOW -> "too much waits to be sent (limit: maxBufferedBytes)";
        };
    }

    /** With protocol 3 it is the client that pings. */
    private static String describePingTimeout(EngineSocket engine, EngineOptions options) {
        long millis = options.pingTimeout().toMillis();
        return engine.protocol() == 3
                ? "no ping within " + (options.pingInterval().toMillis() + millis) + " ms (pingInterval, pingTimeout)"
                : "no pong within " + millis + " ms (pingTimeout)";
    }
}

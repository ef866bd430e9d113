package io.parley.socketio.server;

import io.parley.engineio.DisconnectReason;

/** What a session's end is called when the engine has no words of its own for it. */
final class Endings {

    private Endings() {}

    /** The engine's description, or ours in place of an empty one. */
    static String describe(DisconnectReason reason, String description, SocketIoOptions options) {
        if (!description.isEmpty()) {
            return description;
        }
        return switch (reason) {
            case TRANSPORT_ERROR -> "the transport failed";
            case TRANSPORT_CLOSE -> "the client closed its connection";
            case FORCED_CLOSE -> "the server closed the session";
            case PING_TIMEOUT ->
                "no pong within " + options.engine().pingTimeout().toMillis() + " ms (pingTimeout)";
            case PARSE_ERROR -> "a packet could not be understood";
            case TOO_SLOW -> "too much waits to be sent (limit: maxBufferedBytes)";
        };
    }
}

package io.parley.socketio.server;

import io.parley.engineio.DisconnectReason;

/** What a session's end is called when the engine has no words of its own for it. */
final class Endings {

    /** The most characters of a client's text that are quoted. */
    private static final int MAX_QUOTED = 64;

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

    /** The beginning of what a client sent, without control characters. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(Math.min(text.length(), MAX_QUOTED) + 1);
        for (int i = 0; i < text.length() && i < MAX_QUOTED; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                quoted.append(c);
            } else {
                quoted.append(String.format("\\u%04x", (int) c));
            }
        }
        return text.length() > MAX_QUOTED ? quoted.append('…').toString() : quoted.toString();
    }
}

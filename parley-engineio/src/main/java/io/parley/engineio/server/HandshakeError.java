package io.parley.engineio.server;

/** The official error codes of a refused request, and their texts. */
enum HandshakeError {
    TRANSPORT_UNKNOWN("Transport unknown"),
    SESSION_UNKNOWN("Session ID unknown"),
    BAD_METHOD("Bad handshake method"),
    BAD_REQUEST("Bad request"),
    FORBIDDEN("Forbidden"),
    UNSUPPORTED_PROTOCOL("Unsupported protocol version");

    private final String message;

    HandshakeError(String message) {
        this.message = message;
    }

    /** The code on the wire: the position in this list. */
    int code() {
        return ordinal();
    }

    String message() {
        return message;
    }
}

package io.parley.socketio;

/** Why a socket was disconnected, in the official words; what the official server does not know has words of ours. */
public enum DisconnectReason {
    /** The transport failed: the network, or a peer that broke its rules. */
    TRANSPORT_ERROR("transport error"),
    /** The client closed the transport: a page that was left, a network that went away. */
    TRANSPORT_CLOSE("transport close"),
    /** The connection was closed, for example after a packet that could not be understood. */
    FORCED_CLOSE("forced close"),
    /** The client's heartbeat stayed away. */
    PING_TIMEOUT("ping timeout"),
    /** An Engine.IO packet could not be understood. */
    PARSE_ERROR("parse error"),
    /** The server was closed. */
    SERVER_SHUTTING_DOWN("server shutting down"),
    /** The server ended the connection. */
    FORCED_SERVER_CLOSE("forced server close"),
    /** The client left the namespace with {@code socket.disconnect()}. */
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
    /** The server put the client out of the namespace with {@code socket.disconnect()}. */
    SERVER_NAMESPACE_DISCONNECT("server namespace disconnect"),
    /** The client took what was sent to it so slowly that too much waited. The official server has no such bound. */
    TOO_SLOW("client too slow"),
    /** The client sent more than it may. The official server has no such bound. */
    RATE_LIMITED("rate limit exceeded");

    private final String text;

    DisconnectReason(String text) {
        this.text = text;
    }

    /** The reason of a socket whose session ended for {@code reason}. */
    public static DisconnectReason of(io.parley.engineio.DisconnectReason reason) {
        return switch (reason) {
            case TRANSPORT_ERROR -> TRANSPORT_ERROR;
            case TRANSPORT_CLOSE -> TRANSPORT_CLOSE;
            case FORCED_CLOSE -> FORCED_CLOSE;
            case PING_TIMEOUT -> PING_TIMEOUT;
            case PARSE_ERROR -> PARSE_ERROR;
            case TOO_SLOW -> TOO_SLOW;
        };
    }

    /** The official text, as applications compare it. */
    public String text() {
        return text;
    }

    /**
     * Whether the client may come back to the same session (connection state recovery): after all that happens to a
     * connection, but not after a deliberate leave, a packet that could not be understood, or too many of them.
     */
    public boolean isRecoverable() {
        return switch (this) {
            case TRANSPORT_ERROR, TRANSPORT_CLOSE, FORCED_CLOSE, PING_TIMEOUT, TOO_SLOW -> true;
            case SERVER_SHUTTING_DOWN, FORCED_SERVER_CLOSE -> true;
            case PARSE_ERROR, CLIENT_NAMESPACE_DISCONNECT, SERVER_NAMESPACE_DISCONNECT, RATE_LIMITED -> false;
        };
    }

    /** The official text. */
    @Override
    public String toString() {
        return text;
    }
}

package io.parley.socketio.server;

/** What happens to an event above a {@linkplain RateLimits rate limit}. */
public enum RateLimitAction {
    /**
     * It is not handled, and the client is told: in the acknowledgement if it asked for one, else by an event of the
     * name {@link RateLimits#EVENT}, which comes only once until the client has kept quiet for long enough.
     */
    REFUSE,
    /**
     * It is handled, and nothing more is read from the connection until the rate allows the next one: the client's own
     * buffers fill, and it slows down. The client's sockets in other namespaces wait as well.
     */
    DELAY,
    /**
     * The connection is closed with {@link io.parley.socketio.DisconnectReason#RATE_LIMITED}; the event is not handled.
     */
    DISCONNECT
}

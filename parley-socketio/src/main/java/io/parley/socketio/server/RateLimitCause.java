package io.parley.socketio.server;

/** What a client sent too much of. */
public enum RateLimitCause {
    /** Events ({@link RateLimits.Builder#events}). */
    EVENTS,
    /** Bytes of events ({@link RateLimits.Builder#bytes}). */
    BYTES
}

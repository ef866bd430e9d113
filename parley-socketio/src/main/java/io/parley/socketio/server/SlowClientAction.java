package io.parley.socketio.server;

/**
 * What is done about a client that takes events more slowly than they are sent to it. Connects, acknowledgements,
 * disconnects and heartbeats are never dropped, whatever the {@link SlowClientPolicy}.
 */
public enum SlowClientAction {
    /** A volatile event was dropped, for it could not leave at once. */
    DROP_VOLATILE,
    /** An event was dropped, for a newer one of its kind came ({@link SlowClientPolicy.Builder#keepNewest}). */
    CONFLATE,
    /** The event that waited for longest was dropped, for there was no room for another one. */
    DROP_OLDEST,
    /** The event that was to be sent was dropped, for there was no room for it. */
    DROP_NEWEST,
    /** The connection was ended with {@link io.parley.socketio.DisconnectReason#TOO_SLOW}. */
    DISCONNECT
}

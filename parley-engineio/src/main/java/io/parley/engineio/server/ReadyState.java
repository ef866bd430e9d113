package io.parley.engineio.server;

/** How far a session is; it only moves on. */
public enum ReadyState {
    /** The handshake is under way. */
    OPENING,
    /** Packets go both ways. */
    OPEN,
    /** The server closed; what was sent before leaves yet. */
    CLOSING,
    /** It is over. */
    CLOSED
}

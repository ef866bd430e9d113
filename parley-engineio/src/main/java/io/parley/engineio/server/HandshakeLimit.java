package io.parley.engineio.server;

/** Which of the {@link HandshakeLimits} a refused handshake was above. */
public enum HandshakeLimit {
    /** More handshakes a second than the server takes: 503 with {@code Retry-After}. */
    HANDSHAKES,
    /** More handshakes a second than the server takes from one address: 429 with {@code Retry-After}. */
    HANDSHAKES_PER_ADDRESS,
    /** More sessions at a time than one address may have: 429. */
    SESSIONS_PER_ADDRESS,
    /** More addresses at a time than are remembered: 503. */
    ADDRESSES
}

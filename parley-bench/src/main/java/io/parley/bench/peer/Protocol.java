package io.parley.bench.peer;

import java.util.Arrays;

/** What clients and servers speak with each other. */
public enum Protocol {
    /** Messages of WebSockets as they are. */
    RAW("raw", "Raw WebSocket"),
    /** Events of Socket.IO, protocol 5. */
    SOCKET_IO("socket.io", "Socket.IO");

    private final String key;
    private final String title;

    Protocol(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** What a report calls it. */
    public String title() {
        return title;
    }

    /** Its name for the program of a server. */
    public String key() {
        return key;
    }

    /**
     * The one with that key.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Protocol of(String key) {
        return Arrays.stream(values())
                .filter(protocol -> protocol.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Protocol " + key + " (expected: raw or socket.io)"));
    }
}

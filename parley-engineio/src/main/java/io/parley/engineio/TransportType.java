package io.parley.engineio;

/** What carries a session's packets. */
public enum TransportType {
    /** HTTP long-polling. */
    POLLING("polling"),
    /** WebSocket. */
    WEBSOCKET("websocket"),
    /** WebTransport: one stream of an HTTP/3 session. Served only where it is asked for and a host carries it. */
    WEBTRANSPORT("webtransport");

    private final String wireName;

    TransportType(String wireName) {
        this.wireName = wireName;
    }

    /** The name as it stands in the query and in the open packet. */
    public String wireName() {
        return wireName;
    }
}

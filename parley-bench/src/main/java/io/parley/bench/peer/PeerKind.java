package io.parley.bench.peer;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The servers that are compared. */
public enum PeerKind {
    /** Parley as it comes: handlers on virtual threads, or on a pool where the JDK has none. */
    PARLEY("Parley"),
    /** Parley with its handlers on the event loop, which is where those of Netty and Vert.x run. */
    PARLEY_LOOP("Parley, handlers on the loop"),
    /** Netty's own WebSocket codec and nothing else. */
    NETTY("bare Netty 4.2"),
    /** Jetty 12.1 with its own WebSocket API. */
    JETTY("Jetty 12.1"),
    /** Undertow 2. */
    UNDERTOW("Undertow 2"),
    /** Vert.x 5. */
    VERTX("Vert.x 5");

    private final String title;

    PeerKind(String title) {
        this.title = title;
    }

    /** What a report calls it. */
    public String title() {
        return title;
    }

    /** Its name on a command line. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The one with that key.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static PeerKind of(String key) {
        return Arrays.stream(values())
                .filter(kind -> kind.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Peer " + key + " (expected: "
                        + Arrays.stream(values()).map(PeerKind::key).collect(Collectors.joining(", ")) + ")"));
    }

    Peer make() {
        return switch (this) {
            case PARLEY -> new ParleyPeer(false);
            case PARLEY_LOOP -> new ParleyPeer(true);
            case NETTY -> new NettyPeer();
            case JETTY -> new JettyPeer();
            case UNDERTOW -> new UndertowPeer();
            case VERTX -> new VertxPeer();
        };
    }
}

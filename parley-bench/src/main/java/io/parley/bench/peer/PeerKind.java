package io.parley.bench.peer;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The servers that are compared. */
public enum PeerKind {
    /** Parley as it comes: handlers on virtual threads, or on a pool where the JDK has none. */
    PARLEY(Platform.JVM, "Parley", "Parley"),
    /** Parley with its handlers on the event loop, which is where those of Netty, Vert.x and Node run. */
    PARLEY_LOOP(Platform.JVM, "Parley, handlers on the loop", "Parley, handlers on the loop"),
    /** Netty's own WebSocket codec and nothing else. */
    NETTY(Platform.JVM, "bare Netty 4.2", null),
    /** Netty, whose broadcasts are encoded once and written past all handlers. */
    NETTY_SHARED(Platform.JVM, "bare Netty 4.2, shared frame", null),
    /** Jetty 12.1 with its own WebSocket API. */
    JETTY(Platform.JVM, "Jetty 12.1", null),
    /** Undertow 2. */
    UNDERTOW(Platform.JVM, "Undertow 2", null),
    /** Vert.x 5. */
    VERTX(Platform.JVM, "Vert.x 5", null),
    /** The official server, and the WebSockets that it stands on. */
    NODE(Platform.NODE, "Node ws 8", "Node socket.io 4.8"),
    /** The other Socket.IO server for the JVM. */
    NETTY_SOCKETIO(Platform.JVM_WITH_OWN_LIBRARIES, null, "netty-socketio 2.0.14"),
    /** No server to choose, but what remains when nothing is done beside giving each delivery to the kernel. */
    FLOOR(Platform.JVM, null, "one send a delivery");

    /** What a server's program runs on. */
    public enum Platform {
        /** The JVM and class path of the bench. */
        JVM,
        /** The same, but the libraries of the server's own choice come first on the class path. */
        JVM_WITH_OWN_LIBRARIES,
        /** Node.js. */
        NODE
    }

    private final Platform platform;
    private final @Nullable String rawTitle; // null when it does not speak it
    private final @Nullable String socketIoTitle; // null when it does not speak it

    PeerKind(Platform platform, @Nullable String rawTitle, @Nullable String socketIoTitle) {
        this.platform = platform;
        this.rawTitle = rawTitle;
        this.socketIoTitle = socketIoTitle;
    }

    /** Those that one would choose from. */
    public static List<PeerKind> servers() {
        return Arrays.stream(values()).filter(kind -> kind != FLOOR).toList();
    }

    /** What its program runs on. */
    public Platform platform() {
        return platform;
    }

    /** Whether it can be set up so. */
    public boolean takes(PeerSetup setup) {
        return titleOrNull(setup.protocol()) != null && !(this == NETTY_SHARED && setup.deflate());
    }

    /** What a report calls it where it speaks that protocol. */
    public String title(Protocol protocol) {
        return requireNonNull(titleOrNull(protocol), protocol.title());
    }

    private @Nullable String titleOrNull(Protocol protocol) {
        return switch (protocol) {
            case RAW -> rawTitle;
            case SOCKET_IO -> socketIoTitle;
        };
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

    /** The program of one that is written in Java. */
    Peer make(Protocol protocol) {
        boolean raw = protocol == Protocol.RAW;
        return switch (this) {
            case PARLEY -> raw ? new ParleyPeer(false) : new ParleySocketIoPeer(false);
            case PARLEY_LOOP -> raw ? new ParleyPeer(true) : new ParleySocketIoPeer(true);
            case NETTY -> new NettyPeer(false);
            case NETTY_SHARED -> new NettyPeer(true);
            case JETTY -> new JettyPeer();
            case UNDERTOW -> new UndertowPeer();
            case VERTX -> new VertxPeer();
            case NETTY_SOCKETIO -> new NettySocketIoPeer();
            case FLOOR -> new FloorPeer();
            case NODE -> throw new IllegalStateException("The program of Node is no Java");
        };
    }
}

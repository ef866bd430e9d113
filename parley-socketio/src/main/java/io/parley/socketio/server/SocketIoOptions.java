package io.parley.socketio.server;

import static java.util.Objects.requireNonNull;

import io.parley.engineio.server.EngineOptions;
import io.parley.socketio.JsonCodec;
import io.parley.socketio.adapter.AdapterFactory;
import io.parley.socketio.adapter.ConnectionStateRecovery;
import io.parley.socketio.adapter.InMemoryAdapter;
import io.parley.socketio.packet.JsonPacketParser;
import io.parley.socketio.packet.PacketLimits;
import io.parley.socketio.packet.PacketParser;
import io.parley.websocket.HandlerThreads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link SocketIoServer} behaves. Names and defaults are the official ones; the bounds ({@code max…}) are ours,
 * for the official server has none.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class SocketIoOptions {

    private static final SocketIoOptions DEFAULTS = builder().build();

    private final String path;
    private final boolean serveClient;
    private final EngineOptions engine;
    private final Duration connectTimeout;
    private final Duration broadcastAckTimeout;
    private final Duration closeTimeout;
    private final AdapterFactory adapter;
    private final @Nullable ConnectionStateRecovery connectionStateRecovery; // null when it is off
    private final PacketParser.Factory parser;
    private final JsonCodec codec;
    private final Executor handlerExecutor;
    private final PacketLimits packetLimits;
    private final boolean cleanupEmptyChildNamespaces;
    private final InvalidArguments invalidArguments;
    private final Duration expiryNotice;
    private final int maxRefreshAttempts;
    private final InstantSource clock;
    private final int maxNamespaces;
    private final int maxDynamicNamespaces;
    private final int maxDynamicNamespaceLength;
    private final int maxRooms;
    private final int maxPendingAcks;
    private final int maxWaitingEvents;
    private final int maxWaitingBytes;
    private final SlowClientPolicy slowClients;
    private final RateLimits rateLimits;

    private SocketIoOptions(Builder builder) {
        path = builder.path;
        serveClient = builder.serveClient;
        engine = builder.engine.build();
        connectTimeout = builder.connectTimeout;
        broadcastAckTimeout = builder.broadcastAckTimeout;
        closeTimeout = builder.closeTimeout;
        adapter = builder.adapter;
        connectionStateRecovery = builder.connectionStateRecovery;
        parser = builder.parser;
        codec = builder.codec;
        handlerExecutor = builder.handlerExecutor;
        packetLimits = builder.packetLimits;
        cleanupEmptyChildNamespaces = builder.cleanupEmptyChildNamespaces;
        invalidArguments = builder.invalidArguments;
        expiryNotice = builder.expiryNotice;
        maxRefreshAttempts = builder.maxRefreshAttempts;
        clock = builder.clock;
        maxNamespaces = builder.maxNamespaces;
        maxDynamicNamespaces = builder.maxDynamicNamespaces;
        maxDynamicNamespaceLength = builder.maxDynamicNamespaceLength;
        maxRooms = builder.maxRooms;
        maxPendingAcks = builder.maxPendingAcks;
        maxWaitingEvents = builder.maxWaitingEvents;
        maxWaitingBytes = builder.maxWaitingBytes;
        slowClients = builder.slowClients;
        rateLimits = builder.rateLimits;
    }

    /** Everything as the defaults say. */
    public static SocketIoOptions defaults() {
        return DEFAULTS;
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder with these options, to change some. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.path = path;
        builder.serveClient = serveClient;
        builder.engine = engine.toBuilder();
        builder.connectTimeout = connectTimeout;
        builder.broadcastAckTimeout = broadcastAckTimeout;
        builder.closeTimeout = closeTimeout;
        builder.adapter = adapter;
        builder.connectionStateRecovery = connectionStateRecovery;
        builder.parser = parser;
        builder.codec = codec;
        builder.handlerExecutor = handlerExecutor;
        builder.packetLimits = packetLimits;
        builder.cleanupEmptyChildNamespaces = cleanupEmptyChildNamespaces;
        builder.invalidArguments = invalidArguments;
        builder.expiryNotice = expiryNotice;
        builder.maxRefreshAttempts = maxRefreshAttempts;
        builder.clock = clock;
        builder.maxNamespaces = maxNamespaces;
        builder.maxDynamicNamespaces = maxDynamicNamespaces;
        builder.maxDynamicNamespaceLength = maxDynamicNamespaceLength;
        builder.maxRooms = maxRooms;
        builder.maxPendingAcks = maxPendingAcks;
        builder.maxWaitingEvents = maxWaitingEvents;
        builder.maxWaitingBytes = maxWaitingBytes;
        builder.slowClients = slowClients;
        builder.rateLimits = rateLimits;
        return builder;
    }

    /** Where the server is mounted; begins and ends with a slash. */
    public String path() {
        return path;
    }

    /** Whether the browser client is served. */
    public boolean serveClient() {
        return serveClient;
    }

    /** The options of the sessions underneath. */
    public EngineOptions engine() {
        return engine;
    }

    /** How long a connection may stay without having joined a namespace. */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** How long the acknowledgements of a broadcast may take when it sets no timeout. */
    public Duration broadcastAckTimeout() {
        return broadcastAckTimeout;
    }

    /** How long {@link SocketIoServer#close} waits for handlers. */
    public Duration closeTimeout() {
        return closeTimeout;
    }

    /** What makes the adapter of each namespace. */
    public AdapterFactory adapter() {
        return adapter;
    }

    /** What makes the parser: how packets look on the wire. */
    public PacketParser.Factory parser() {
        return parser;
    }

    /** How clients get back to their session after they lost their connection; null when they do not. */
    public @Nullable ConnectionStateRecovery connectionStateRecovery() {
        return connectionStateRecovery;
    }

    /** What turns values into JSON and back. */
    public JsonCodec codec() {
        return codec;
    }

    /** What runs the handlers. */
    public Executor handlerExecutor() {
        return handlerExecutor;
    }

    /** How large a packet may be. */
    public PacketLimits packetLimits() {
        return packetLimits;
    }

    /** Whether a child of a parent namespace goes when its last socket leaves. */
    public boolean cleanupEmptyChildNamespaces() {
        return cleanupEmptyChildNamespaces;
    }

    /** How many namespaces clients may bring into being. */
    public int maxDynamicNamespaces() {
        return maxDynamicNamespaces;
    }

    /** How long the name of a namespace may be that a client brings into being. */
    public int maxDynamicNamespaceLength() {
        return maxDynamicNamespaceLength;
    }

    /** What is done when the arguments of a client's event do not fit. */
    public InvalidArguments invalidArguments() {
        return invalidArguments;
    }

    /** How long before a principal expires its client is told. */
    public Duration expiryNotice() {
        return expiryNotice;
    }

    /** How often in a minute a client may try to refresh its authentication. */
    public int maxRefreshAttempts() {
        return maxRefreshAttempts;
    }

    /** The time of day by which principals expire. */
    public InstantSource clock() {
        return clock;
    }

    /** How many namespaces one connection may join. */
    public int maxNamespaces() {
        return maxNamespaces;
    }

    /** How many rooms a socket may be in. */
    public int maxRooms() {
        return maxRooms;
    }

    /** How many acknowledgements of one client may be awaited. */
    public int maxPendingAcks() {
        return maxPendingAcks;
    }

    /** How many events of one connection may wait for their handlers. */
    public int maxWaitingEvents() {
        return maxWaitingEvents;
    }

    /** How many bytes of events of one connection may wait for their handlers. */
    public int maxWaitingBytes() {
        return maxWaitingBytes;
    }

    /** What happens to events for a client that is slower than what is sent to it. */
    public SlowClientPolicy slowClients() {
        return slowClients;
    }

    /** How much a socket takes from its client. */
    public RateLimits rateLimits() {
        return rateLimits;
    }

    /** Collects options. A wrong value fails at once, in its setter. */
    public static final class Builder {

        private String path = "/socket.io/";
        private boolean serveClient = true;
        private EngineOptions.Builder engine = EngineOptions.builder();
        private Duration connectTimeout = Duration.ofSeconds(45);
        private Duration broadcastAckTimeout = Duration.ofSeconds(5);
        private Duration closeTimeout = Duration.ofSeconds(5);
        private AdapterFactory adapter = InMemoryAdapter::standalone;
        private @Nullable ConnectionStateRecovery connectionStateRecovery; // null until set
        private PacketParser.Factory parser = JsonPacketParser::new;
        private JsonCodec codec = JsonCodec.standard();
        private Executor handlerExecutor = HandlerThreads.shared();
        private PacketLimits packetLimits = PacketLimits.DEFAULT;
        private boolean cleanupEmptyChildNamespaces;
        private InvalidArguments invalidArguments = InvalidArguments.TELL;
        private Duration expiryNotice = Duration.ofSeconds(30);
        private int maxRefreshAttempts = 10;
        private InstantSource clock = InstantSource.system();
        private int maxNamespaces = 100;
        private int maxDynamicNamespaces = 10_000;
        private int maxDynamicNamespaceLength = 256;
        private int maxRooms = 1_000;
        private int maxPendingAcks = 1_000;
        private int maxWaitingEvents = 1_000;
        private int maxWaitingBytes = 4 * 1024 * 1024;
        private SlowClientPolicy slowClients = SlowClientPolicy.disconnect();
        private RateLimits rateLimits = RateLimits.none();

        private Builder() {}

        /**
         * Sets where the server is mounted.
         *
         * @param prefix begins with a slash, for example {@code /socket.io}, which is the default; a slash is added at
         *     the end if there is none
         * @throws IllegalArgumentException if it does not begin with a slash
         */
        public Builder path(String prefix) {
            requireNonNull(prefix, "prefix");
            if (!prefix.startsWith("/")) {
                throw new IllegalArgumentException("path: " + prefix + " (expected: a slash at its beginning)");
            }
            path = prefix.endsWith("/") ? prefix : prefix + "/";
            return this;
        }

        /** Sets whether the browser client is served at {@code <path>/socket.io.js} and its siblings; true unless set. */
        public Builder serveClient(boolean serve) {
            serveClient = serve;
            return this;
        }

        /** Changes the options of the sessions underneath: heartbeats, transports, origins, sizes. */
        public Builder engine(Consumer<EngineOptions.Builder> change) {
            change.accept(engine);
            return this;
        }

        /**
         * Sets how long a connection may stay without having joined a namespace.
         *
         * @param timeout 1 ms or more; 45 s unless set
         * @throws IllegalArgumentException if it is shorter
         */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = atLeastOneMilli("connectTimeout", timeout);
            return this;
        }

        /**
         * Sets how long the acknowledgements of a broadcast may take when it sets no timeout itself.
         *
         * @param timeout 1 ms or more; 5 s unless set
         * @throws IllegalArgumentException if it is shorter
         */
        public Builder broadcastAckTimeout(Duration timeout) {
            broadcastAckTimeout = atLeastOneMilli("broadcastAckTimeout", timeout);
            return this;
        }

        /**
         * Sets how long {@link SocketIoServer#close} waits for handlers, the disconnect handlers above all.
         *
         * @param timeout zero or more; 5 s unless set
         * @throws IllegalArgumentException if it is negative
         */
        public Builder closeTimeout(Duration timeout) {
            if (timeout.isNegative()) {
                throw new IllegalArgumentException("closeTimeout: " + timeout + " (expected: zero or more)");
            }
            closeTimeout = timeout;
            return this;
        }

        /** Sets what makes the adapter of each namespace; {@link InMemoryAdapter#standalone} unless set. */
        public Builder adapter(AdapterFactory factory) {
            adapter = requireNonNull(factory, "factory");
            return this;
        }

        /**
         * Sets how packets look on the wire, {@link JsonPacketParser} unless set. Every client must have the same: with
         * another one it cannot be understood.
         */
        public Builder parser(PacketParser.Factory factory) {
            parser = requireNonNull(factory, "factory");
            return this;
        }

        /**
         * Lets clients that lost their connection get back to their session. Off unless set, as in the official server:
         * it costs memory, and each event carries an offset, which the client's listeners see as one more argument.
         */
        public Builder connectionStateRecovery(ConnectionStateRecovery recovery) {
            connectionStateRecovery = requireNonNull(recovery, "recovery");
            return this;
        }

        /** Sets what turns values into JSON and back; {@link JsonCodec#standard} unless set. */
        public Builder codec(JsonCodec newCodec) {
            codec = requireNonNull(newCodec, "newCodec");
            return this;
        }

        /**
         * Sets what runs the handlers, {@link HandlerThreads#shared} unless set. Each task on it runs handlers of one
         * socket; {@code Runnable::run} makes them run on the event loop, where they must not block.
         */
        public Builder handlerExecutor(Executor executor) {
            handlerExecutor = requireNonNull(executor, "executor");
            return this;
        }

        /** Sets how large a packet may be; a larger one closes the connection. */
        public Builder packetLimits(PacketLimits limits) {
            packetLimits = requireNonNull(limits, "limits");
            return this;
        }

        /**
         * Sets what is done when the arguments of a client's event do not fit; {@link InvalidArguments#TELL} unless
         * set.
         */
        public Builder invalidArguments(InvalidArguments policy) {
            invalidArguments = requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Sets how long before a principal expires its client is told ({@link AuthEvents#EXPIRING}); for one that is
         * valid for less than twice that long, it is when half of the time is over.
         *
         * @param notice 1 ms or more; 30 s unless set
         * @throws IllegalArgumentException if it is shorter
         */
        public Builder expiryNotice(Duration notice) {
            expiryNotice = atLeastOneMilli("expiryNotice", notice);
            return this;
        }

        /**
         * Sets how often in a minute a client may try to refresh its authentication; a further attempt is refused
         * without asking the {@link Authenticator}.
         *
         * @param attempts 1 or more; 10 unless set
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxRefreshAttempts(int attempts) {
            maxRefreshAttempts = atLeastOne("maxRefreshAttempts", attempts);
            return this;
        }

        /** Sets the time of day by which principals expire; that of the system unless set. */
        public Builder clock(InstantSource source) {
            clock = requireNonNull(source, "source");
            return this;
        }

        /**
         * Sets how many namespaces one connection may join; one more is refused with {@code connect_error}.
         *
         * @param namespaces 1 or more; 100 unless set
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxNamespaces(int namespaces) {
            maxNamespaces = atLeastOne("maxNamespaces", namespaces);
            return this;
        }

        /**
         * Sets whether a child of a parent namespace goes when its last socket leaves, its adapter closed with it;
         * false unless set.
         */
        public Builder cleanupEmptyChildNamespaces(boolean cleanup) {
            cleanupEmptyChildNamespaces = cleanup;
            return this;
        }

        /**
         * Sets how many namespaces clients may bring into being, see
         * {@link SocketIoServer#of(java.util.regex.Pattern)}; a client that asks for one more is refused with
         * {@code connect_error}.
         *
         * @param namespaces 1 or more; 10,000 unless set
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxDynamicNamespaces(int namespaces) {
            maxDynamicNamespaces = atLeastOne("maxDynamicNamespaces", namespaces);
            return this;
        }

        /**
         * Sets how long the name of a namespace may be that a client brings into being, its slash included; a longer
         * one is an invalid namespace.
         *
         * @param characters 1 or more; 256 unless set
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxDynamicNamespaceLength(int characters) {
            maxDynamicNamespaceLength = atLeastOne("maxDynamicNamespaceLength", characters);
            return this;
        }

        /**
         * Sets how many rooms a socket may be in, the one of its own id left out; a further join throws.
         *
         * @param rooms 1 or more; 1,000 unless set
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxRooms(int rooms) {
            maxRooms = atLeastOne("maxRooms", rooms);
            return this;
        }

        /**
         * Sets how many acknowledgements of one client may be awaited; a further one fails at once.
         *
         * @param acks 1 or more; 1,000 unless set
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxPendingAcks(int acks) {
            maxPendingAcks = atLeastOne("maxPendingAcks", acks);
            return this;
        }

        /**
         * Sets how many events of one connection may wait for their handlers. Above it the server stops reading from
         * the connection until half of them are handled.
         *
         * @param events 1 or more; 1,000 unless set
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxWaitingEvents(int events) {
            maxWaitingEvents = atLeastOne("maxWaitingEvents", events);
            return this;
        }

        /**
         * Sets how many bytes of events of one connection may wait for their handlers. Above it the server stops
         * reading from the connection until half of them are handled. A character of text counts as one byte, or as
         * those of its UTF-8 where {@link RateLimits.Builder#bytes} measures them anyway.
         *
         * @param bytes 1 or more; 4 MiB unless set
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxWaitingBytes(int bytes) {
            maxWaitingBytes = atLeastOne("maxWaitingBytes", bytes);
            return this;
        }

        /**
         * Sets what happens to events for a client that is slower than what is sent to it;
         * {@link SlowClientPolicy#disconnect} unless set. A namespace may have a policy of its own, see
         * {@link Namespace#slowClients(SlowClientPolicy)}.
         */
        public Builder slowClients(SlowClientPolicy policy) {
            slowClients = requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Sets how much a socket takes from its client; no limit unless set. A namespace may have limits of its own, see
         * {@link Namespace#rateLimits(RateLimits)}.
         */
        public Builder rateLimits(RateLimits limits) {
            rateLimits = requireNonNull(limits, "limits");
            return this;
        }

        /** The options so far. */
        public SocketIoOptions build() {
            return new SocketIoOptions(this);
        }
    }

    static int atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
        }
        return value;
    }

    static Duration atLeastOneMilli(String name, Duration value) {
        requireNonNull(value, name);
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 ms or more)");
        }
        return value;
    }
}

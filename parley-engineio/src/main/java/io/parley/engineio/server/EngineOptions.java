package io.parley.engineio.server;

import static java.util.Objects.requireNonNull;

import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.websocket.DeflateOptions;
import io.parley.websocket.server.HttpRequest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How an {@link EngineServer} behaves. Names and defaults are the official ones; bounds that the official server lacks
 * say so.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class EngineOptions {

    private static final int MAX_HIGH_WATER_MARK = 1024 * 1024; // unless it is set
    private static final EngineOptions DEFAULTS = builder().build();

    private final Duration pingInterval;
    private final Duration pingTimeout;
    private final Duration upgradeTimeout;
    private final Duration closeTimeout;
    private final int maxHttpBufferSize;
    private final int maxBufferedBytes;
    private final int highWaterMark; // 0 until it is set
    private final int maxSessions;
    private final HandshakeLimits handshakeLimits;
    private final Set<TransportType> transports;
    private final boolean allowUpgrades;
    private final boolean allowEIO3;
    private final boolean addTrailingSlash;
    private final @Nullable DeflateOptions perMessageDeflate; // null: none
    private final @Nullable HttpCompression httpCompression; // null: none
    private final @Nullable CookieOptions cookie; // null: none
    private final @Nullable CorsOptions cors; // null: same origin only
    private final @Nullable AllowRequest allowRequest; // null: everybody
    private final @Nullable Function<HttpRequest, CompletionStage<String>> generateId; // null: random ids
    private final @Nullable EncodedPacket initialPacket; // null: none

    private EngineOptions(Builder builder) {
        pingInterval = builder.pingInterval;
        pingTimeout = builder.pingTimeout;
        upgradeTimeout = builder.upgradeTimeout;
        closeTimeout = builder.closeTimeout;
        maxHttpBufferSize = builder.maxHttpBufferSize;
        maxBufferedBytes = builder.maxBufferedBytes;
        highWaterMark = builder.highWaterMark;
        maxSessions = builder.maxSessions;
        handshakeLimits = builder.handshakeLimits;
        transports = Set.copyOf(builder.transports);
        allowUpgrades = builder.allowUpgrades;
        allowEIO3 = builder.allowEIO3;
        addTrailingSlash = builder.addTrailingSlash;
        perMessageDeflate = builder.perMessageDeflate;
        httpCompression = builder.httpCompression;
        cookie = builder.cookie;
        cors = builder.cors;
        allowRequest = builder.allowRequest;
        generateId = builder.generateId;
        initialPacket = builder.initialPacket;
    }

    /** Everything as the defaults say. */
    public static EngineOptions defaults() {
        return DEFAULTS;
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder with these options, to change some. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.pingInterval = pingInterval;
        builder.pingTimeout = pingTimeout;
        builder.upgradeTimeout = upgradeTimeout;
        builder.closeTimeout = closeTimeout;
        builder.maxHttpBufferSize = maxHttpBufferSize;
        builder.maxBufferedBytes = maxBufferedBytes;
        builder.highWaterMark = highWaterMark;
        builder.maxSessions = maxSessions;
        builder.handshakeLimits = handshakeLimits;
        builder.transports = EnumSet.copyOf(transports);
        builder.allowUpgrades = allowUpgrades;
        builder.allowEIO3 = allowEIO3;
        builder.addTrailingSlash = addTrailingSlash;
        builder.perMessageDeflate = perMessageDeflate;
        builder.httpCompression = httpCompression;
        builder.cookie = cookie;
        builder.cors = cors;
        builder.allowRequest = allowRequest;
        builder.generateId = generateId;
        builder.initialPacket = initialPacket;
        return builder;
    }

    /** The time between a pong and the next ping. */
    public Duration pingInterval() {
        return pingInterval;
    }

    /** How long a pong may take. */
    public Duration pingTimeout() {
        return pingTimeout;
    }

    /** How long an upgrade may take. */
    public Duration upgradeTimeout() {
        return upgradeTimeout;
    }

    /** How long a closing session waits for the poll that takes its last packets. */
    public Duration closeTimeout() {
        return closeTimeout;
    }

    /** The largest polling body and the longest WebSocket message to take, in bytes. */
    public int maxHttpBufferSize() {
        return maxHttpBufferSize;
    }

    /** How many bytes may wait to be sent to one client. */
    public int maxBufferedBytes() {
        return maxBufferedBytes;
    }

    /** How many bytes wait for a client that counts as slow. */
    public int highWaterMark() {
        return highWaterMark > 0 ? highWaterMark : Math.min(MAX_HIGH_WATER_MARK, Math.max(1, maxBufferedBytes / 2));
    }

    /** How many sessions there may be at a time. */
    public int maxSessions() {
        return maxSessions;
    }

    /** How many sessions may begin, and how many one address may have. */
    public HandshakeLimits handshakeLimits() {
        return handshakeLimits;
    }

    /** The transports that are served. */
    public Set<TransportType> transports() {
        return transports;
    }

    /** Whether clients are told that they may upgrade. */
    public boolean allowUpgrades() {
        return allowUpgrades;
    }

    /** Whether clients of protocol 3 are served besides those of protocol 4. */
    public boolean allowEIO3() {
        return allowEIO3;
    }

    /** Whether a slash ends the path at which the server is mounted. */
    public boolean addTrailingSlash() {
        return addTrailingSlash;
    }

    /**
     * Where a server with these options is mounted.
     *
     * @param path with a slash at its end or without
     */
    public String mountPath(String path) {
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return addTrailingSlash ? bare + "/" : bare;
    }

    /** How WebSocket messages are compressed; empty when they are not. */
    public Optional<DeflateOptions> perMessageDeflate() {
        return Optional.ofNullable(perMessageDeflate);
    }

    /** How polling answers are compressed; empty when they are not. */
    public Optional<HttpCompression> httpCompression() {
        return Optional.ofNullable(httpCompression);
    }

    /** The cookie that carries the session id; empty when there is none. */
    public Optional<CookieOptions> cookie() {
        return Optional.ofNullable(cookie);
    }

    /** Which origins may talk to the server besides its own; empty when none may. */
    public Optional<CorsOptions> cors() {
        return Optional.ofNullable(cors);
    }

    /** Who may begin a session; empty when everybody may. */
    public Optional<AllowRequest> allowRequest() {
        return Optional.ofNullable(allowRequest);
    }

    /** What makes session ids; empty for 20 random characters. */
    public Optional<Function<HttpRequest, CompletionStage<String>>> generateId() {
        return Optional.ofNullable(generateId);
    }

    /** The message that every session begins with; empty when there is none. */
    public Optional<EncodedPacket> initialPacket() {
        return Optional.ofNullable(initialPacket);
    }

    /** Collects options. A wrong value fails at once, in its setter. */
    public static final class Builder {

        private Duration pingInterval = Duration.ofSeconds(25);
        private Duration pingTimeout = Duration.ofSeconds(20);
        private Duration upgradeTimeout = Duration.ofSeconds(10);
        private Duration closeTimeout = Duration.ofSeconds(30);
        private int maxHttpBufferSize = 1_000_000;
        private int maxBufferedBytes = 16 * 1024 * 1024;
        private int highWaterMark;
        private int maxSessions = 100_000;
        private HandshakeLimits handshakeLimits = HandshakeLimits.none();
        private EnumSet<TransportType> transports = EnumSet.of(TransportType.POLLING, TransportType.WEBSOCKET);
        private boolean allowUpgrades = true;
        private boolean allowEIO3;
        private boolean addTrailingSlash = true;
        private @Nullable DeflateOptions perMessageDeflate;
        private @Nullable HttpCompression httpCompression = HttpCompression.DEFAULT;
        private @Nullable CookieOptions cookie;
        private @Nullable CorsOptions cors;
        private @Nullable AllowRequest allowRequest;
        private @Nullable Function<HttpRequest, CompletionStage<String>> generateId;
        private @Nullable EncodedPacket initialPacket;

        private Builder() {}

        /**
         * Sets the time between the client's pong and the next ping to it; the first ping follows the handshake by as
         * much.
         *
         * @param interval 1 ms or more; 25 s unless set
         * @throws IllegalArgumentException if {@code interval} is shorter than 1 ms
         */
        public Builder pingInterval(Duration interval) {
            pingInterval = checked("pingInterval", interval);
            return this;
        }

        /**
         * Sets how long the pong may take before the session ends with {@code ping timeout}.
         *
         * @param timeout 1 ms or more; 20 s unless set
         * @throws IllegalArgumentException if {@code timeout} is shorter than 1 ms
         */
        public Builder pingTimeout(Duration timeout) {
            pingTimeout = checked("pingTimeout", timeout);
            return this;
        }

        /**
         * Sets how long a WebSocket may probe before it is closed. The session goes on over polling then.
         *
         * @param timeout 1 ms or more; 10 s unless set
         * @throws IllegalArgumentException if {@code timeout} is shorter than 1 ms
         */
        public Builder upgradeTimeout(Duration timeout) {
            upgradeTimeout = checked("upgradeTimeout", timeout);
            return this;
        }

        /**
         * Sets how long a session that the server closes waits for a poll to take its last packets. A WebSocket waits for
         * the client's close frame for that long, but 10 s at most.
         *
         * @param timeout 1 ms or more; 30 s unless set
         * @throws IllegalArgumentException if {@code timeout} is shorter than 1 ms
         */
        public Builder closeTimeout(Duration timeout) {
            closeTimeout = checked("closeTimeout", timeout);
            return this;
        }

        /**
         * Sets the largest polling body and the longest WebSocket message to take. A larger body is answered with 413,
         * a longer message closes the WebSocket with 1009. Clients are told as {@code maxPayload}.
         *
         * @param bytes 1 or more; 1,000,000 unless set
         * @throws IllegalArgumentException if {@code bytes} is below 1
         */
        public Builder maxHttpBufferSize(int bytes) {
            maxHttpBufferSize = checked("maxHttpBufferSize", bytes);
            return this;
        }

        /**
         * Sets how many bytes may wait to be sent to one client. A client that is slower than that is disconnected with
         * {@code client too slow} and counted, see {@link EngineServer#overflowCount}. The official server has no such
         * bound.
         *
         * @param bytes 1 or more; 16 MiB unless set
         * @throws IllegalArgumentException if {@code bytes} is below 1
         */
        public Builder maxBufferedBytes(int bytes) {
            maxBufferedBytes = checked("maxBufferedBytes", bytes);
            return this;
        }

        /**
         * Sets how many bytes may wait to be sent to one client before it counts as slow: volatile packets to a
         * WebSocket are dropped from there on, and what else is done with such a client begins there.
         *
         * @param bytes 1 or more; half of {@link #maxBufferedBytes}, at most 1 MiB, unless set
         * @throws IllegalArgumentException if {@code bytes} is below 1
         */
        public Builder highWaterMark(int bytes) {
            highWaterMark = checked("highWaterMark", bytes);
            return this;
        }

        /**
         * Sets how many sessions there may be at a time. Further ones are refused with 503. The official server has no
         * such bound.
         *
         * @param sessions 1 or more; 100,000 unless set
         * @throws IllegalArgumentException if {@code sessions} is below 1
         */
        public Builder maxSessions(int sessions) {
            maxSessions = checked("maxSessions", sessions);
            return this;
        }

        /** Sets how many sessions may begin, and how many one address may have; no limit unless set. */
        public Builder handshakeLimits(HandshakeLimits limits) {
            handshakeLimits = requireNonNull(limits, "limits");
            return this;
        }

        /**
         * Sets the transports to serve; polling and WebSocket unless set. A request for another one is refused with
         * code 0. WebTransport needs a host of its own, see {@link EngineServer#onWebTransportSession}.
         *
         * @throws IllegalArgumentException if there is none
         */
        public Builder transports(TransportType... types) {
            if (types.length == 0) {
                throw new IllegalArgumentException("transports: none (expected: at least one)");
            }
            transports = EnumSet.copyOf(List.of(types));
            return this;
        }

        /** Sets whether clients are told that they may upgrade; true unless set. Who upgrades untold is served. */
        public Builder allowUpgrades(boolean allow) {
            allowUpgrades = allow;
            return this;
        }

        /**
         * Sets whether clients of Engine.IO protocol 3, those of socket.io-client 1.x and 2.x, are served as well; false
         * unless set: they are refused with code 5 then. They may come over JSONP, where a browser names no origin: who
         * allows them should read what docs/old-clients.md says of it.
         */
        public Builder allowEIO3(boolean allow) {
            allowEIO3 = allow;
            return this;
        }

        /**
         * Sets whether a slash ends the path at which the server is mounted; true unless set. Without it requests at
         * {@code /engine.io?EIO=4…} are served too.
         */
        public Builder addTrailingSlash(boolean add) {
            addTrailingSlash = add;
            return this;
        }

        /**
         * Sets how WebSocket messages are compressed for clients that ask for it (permessage-deflate, RFC 7692); null,
         * the default, for not at all. A packet that says {@code compress(false)} and one below the threshold leave as
         * they are.
         */
        public Builder perMessageDeflate(@Nullable DeflateOptions options) {
            perMessageDeflate = options;
            return this;
        }

        /**
         * Sets how polling answers are compressed for clients that accept it; {@link HttpCompression#DEFAULT} unless
         * set, null for not at all. An answer whose packets all say {@code compress(false)} leaves as it is.
         */
        public Builder httpCompression(@Nullable HttpCompression compression) {
            httpCompression = compression;
            return this;
        }

        /** Sets the cookie that carries the session id; null, the default, for none. */
        public Builder cookie(@Nullable CookieOptions options) {
            cookie = options;
            return this;
        }

        /** Sets which origins may talk to the server besides its own; none unless set. */
        public Builder cors(CorsOptions options) {
            cors = requireNonNull(options, "options");
            return this;
        }

        /** Sets who may begin a session; everybody unless set. */
        public Builder allowRequest(AllowRequest check) {
            allowRequest = requireNonNull(check, "check");
            return this;
        }

        /**
         * Sets what makes session ids, which must be unique and beyond guessing: who knows one may use the session.
         * Called on an event loop, so it must not block; a throw refuses the request. Keep to 20 characters: parts of
         * the official cluster adapters rely on it.
         */
        public Builder generateId(Function<HttpRequest, String> generator) {
            requireNonNull(generator, "generator");
            return generateIdAsync(request -> CompletableFuture.completedFuture(generator.apply(request)));
        }

        /**
         * Sets what makes session ids, as {@link #generateId} does, and takes its time: the stage may be completed
         * later, on any thread. One that fails refuses the request.
         */
        public Builder generateIdAsync(Function<HttpRequest, CompletionStage<String>> generator) {
            generateId = requireNonNull(generator, "generator");
            return this;
        }

        /** Sets a message that every session begins with, sent together with the handshake; none unless set. */
        public Builder initialPacket(EncodedPacket packet) {
            initialPacket = requireNonNull(packet, "packet");
            return this;
        }

        /**
         * The options so far.
         *
         * @throws IllegalArgumentException if {@code highWaterMark} is above {@code maxBufferedBytes}
         */
        public EngineOptions build() {
            if (highWaterMark > maxBufferedBytes) {
                throw new IllegalArgumentException("highWaterMark: " + highWaterMark + " (expected: maxBufferedBytes, "
                        + maxBufferedBytes + ", or less)");
            }
            return new EngineOptions(this);
        }

        private static Duration checked(String name, Duration value) {
            requireNonNull(value, name);
            if (value.toMillis() < 1) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: 1 ms or more)");
            }
            return value;
        }

        private static int checked(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
            }
            return value;
        }
    }
}

package io.parley.websocket;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one WebSocket connection and what keeps it alive: the options that both ends have.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class ConnectionOptions {

    private static final int MAX_HIGH_WATER_MARK = 1024 * 1024; // unless it is set
    private static final ConnectionOptions DEFAULTS = builder().build();

    private final int maxMessageBytes;
    private final int maxFrameBytes;
    private final int maxBufferedBytes;
    private final int highWaterMark; // 0 until it is set
    private final boolean streaming;
    private final Duration closeTimeout;
    private final Duration pingInterval;
    private final Duration pongTimeout;
    private final Duration idleTimeout;
    private final @Nullable DeflateOptions deflate; // null for no compression

    private ConnectionOptions(Builder builder) {
        maxMessageBytes = builder.maxMessageBytes;
        maxFrameBytes = builder.maxFrameBytes;
        maxBufferedBytes = builder.maxBufferedBytes;
        highWaterMark = builder.highWaterMark;
        streaming = builder.streaming;
        closeTimeout = builder.closeTimeout;
        pingInterval = builder.pingInterval;
        pongTimeout = builder.pongTimeout;
        idleTimeout = builder.idleTimeout;
        deflate = builder.deflate;
    }

    /** Every option at its default. */
    public static ConnectionOptions defaults() {
        return DEFAULTS;
    }

    /** A builder with every option at its default. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder with every option as it is here. */
    public Builder toBuilder() {
        Builder copy = new Builder();
        copy.maxMessageBytes = maxMessageBytes;
        copy.maxFrameBytes = maxFrameBytes;
        copy.maxBufferedBytes = maxBufferedBytes;
        copy.highWaterMark = highWaterMark;
        copy.streaming = streaming;
        copy.closeTimeout = closeTimeout;
        copy.pingInterval = pingInterval;
        copy.pongTimeout = pongTimeout;
        copy.idleTimeout = idleTimeout;
        copy.deflate = deflate;
        return copy;
    }

    /** The longest message to take, after decompression; does not count when {@link #streaming}. */
    public int maxMessageBytes() {
        return maxMessageBytes;
    }

    /** The longest frame to take, as it comes. */
    public int maxFrameBytes() {
        return maxFrameBytes;
    }

    /** What may wait to be sent; beyond it the connection is cut. */
    public int maxBufferedBytes() {
        return maxBufferedBytes;
    }

    /** How many waiting bytes are many: from there on the connection is not {@link WebSocketConnection#isWritable}. */
    public int highWaterMark() {
        return highWaterMark > 0 ? highWaterMark : Math.min(MAX_HIGH_WATER_MARK, Math.max(1, maxBufferedBytes / 2));
    }

    /** Whether messages are handed over in parts, as they arrive. */
    public boolean streaming() {
        return streaming;
    }

    /** How long the closing handshake may take before the connection is cut. */
    public Duration closeTimeout() {
        return closeTimeout;
    }

    /** The time between two pings; zero for none. */
    public Duration pingInterval() {
        return pingInterval;
    }

    /** How long the peer may take to answer a ping before the connection is cut. */
    public Duration pongTimeout() {
        return pongTimeout;
    }

    /** How long no message may come or go before the connection is closed; zero for no limit. */
    public Duration idleTimeout() {
        return idleTimeout;
    }

    /** How messages are compressed; empty for not at all. */
    public Optional<DeflateOptions> deflate() {
        return Optional.ofNullable(deflate);
    }

    /** Collects options. A wrong value fails in its setter. */
    public static final class Builder {

        private int maxMessageBytes = 1024 * 1024;
        private int maxFrameBytes = Integer.MAX_VALUE;
        private int maxBufferedBytes = 16 * 1024 * 1024;
        private int highWaterMark;
        private boolean streaming;
        private Duration closeTimeout = Duration.ofSeconds(10);
        private Duration pingInterval = Duration.ZERO;
        private Duration pongTimeout = Duration.ofSeconds(20);
        private Duration idleTimeout = Duration.ZERO;
        private @Nullable DeflateOptions deflate;

        private Builder() {}

        /**
         * Sets the longest message to take in bytes, after decompression, 1 or more; 1 MiB unless set. A longer one
         * closes with 1009.
         */
        public Builder maxMessageBytes(int bytes) {
            maxMessageBytes = atLeastOne("maxMessageBytes", bytes);
            return this;
        }

        /**
         * Sets the longest frame to take in bytes, 1 or more; no limit of its own unless set. A longer one closes with
         * 1009.
         */
        public Builder maxFrameBytes(int bytes) {
            maxFrameBytes = atLeastOne("maxFrameBytes", bytes);
            return this;
        }

        /**
         * Sets how much may wait to be sent to the peer in bytes, 1 or more; 16 MiB unless set. A peer that reads too
         * slowly for it is cut off.
         */
        public Builder maxBufferedBytes(int bytes) {
            maxBufferedBytes = atLeastOne("maxBufferedBytes", bytes);
            return this;
        }

        /**
         * Sets how many bytes may wait before the connection is not {@link WebSocketConnection#isWritable} any more, 1
         * or more; half of {@link #maxBufferedBytes}, at most 1 MiB, unless set.
         */
        public Builder highWaterMark(int bytes) {
            highWaterMark = atLeastOne("highWaterMark", bytes);
            return this;
        }

        /**
         * Sets whether messages are handed over in parts as they arrive, see {@link WebSocketListener#onPart}; off
         * unless set. Then a message may be of any length, and it is for the listener to
         * {@linkplain WebSocketConnection#pauseReading pause} when it cannot keep up.
         */
        public Builder streaming(boolean inParts) {
            streaming = inParts;
            return this;
        }

        /** Sets how long a closing handshake may take, 1 ms or more; 10 s unless set. Then the connection is cut. */
        public Builder closeTimeout(Duration timeout) {
            closeTimeout = atLeast("closeTimeout", timeout, 1);
            return this;
        }

        /** Sets the time between two pings, 1 ms or more, or zero for none; none unless set. */
        public Builder pingInterval(Duration interval) {
            pingInterval = atLeast("pingInterval", interval, 0);
            return this;
        }

        /**
         * Sets how long the peer may take to answer a ping of {@link #pingInterval}, 1 ms or more; 20 s unless set.
         * Whatever comes from it is an answer. Then the connection is cut.
         */
        public Builder pongTimeout(Duration timeout) {
            pongTimeout = atLeast("pongTimeout", timeout, 1);
            return this;
        }

        /**
         * Sets how long no message may come or go before the connection is closed with 1001, 1 ms or more, or zero for
         * no limit; none unless set. Pings and pongs do not count.
         */
        public Builder idleTimeout(Duration timeout) {
            idleTimeout = atLeast("idleTimeout", timeout, 0);
            return this;
        }

        /** Sets how messages are compressed; null, the default, for not at all. */
        public Builder deflate(@Nullable DeflateOptions options) {
            deflate = options;
            return this;
        }

        /** The options. */
        public ConnectionOptions build() {
            return new ConnectionOptions(this);
        }

        private static int atLeastOne(String name, int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException(name + ": " + bytes + " (expected: 1 or more)");
            }
            return bytes;
        }

        private static Duration atLeast(String name, Duration time, int millis) {
            requireNonNull(time, name);
            boolean none = millis == 0 && time.isZero();
            if (!none && time.toMillis() < 1) {
                throw new IllegalArgumentException(name + ": " + time
                        + (millis == 0 ? " (expected: zero, or 1 ms or more)" : " (expected: 1 ms or more)"));
            }
            return time;
        }
    }
}

package io.parley.socketio.adapter;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How clients that lost their connection get back to their session: the same id, rooms and data, and the events that
 * they missed. The first two options are the official ones; the bounds are ours.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class ConnectionStateRecovery {

    private final Duration maxDisconnectionDuration;
    private final boolean skipMiddlewares;
    private final int maxHeldPackets;
    private final long maxHeldBytes;
    private final int maxHeldSessions;
    private final @Nullable RecoveryStore store; // null when each server makes its own
    private final InstantSource clock;

    private ConnectionStateRecovery(Builder builder) {
        maxDisconnectionDuration = builder.maxDisconnectionDuration;
        skipMiddlewares = builder.skipMiddlewares;
        maxHeldPackets = builder.maxHeldPackets;
        maxHeldBytes = builder.maxHeldBytes;
        maxHeldSessions = builder.maxHeldSessions;
        store = builder.store;
        clock = builder.clock;
    }

    /** Everything as the defaults say, with a store of its own for each server. */
    public static ConnectionStateRecovery defaults() {
        return builder().build();
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder with these options, to change some. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.maxDisconnectionDuration = maxDisconnectionDuration;
        builder.skipMiddlewares = skipMiddlewares;
        builder.maxHeldPackets = maxHeldPackets;
        builder.maxHeldBytes = maxHeldBytes;
        builder.maxHeldSessions = maxHeldSessions;
        builder.store = store;
        builder.clock = clock;
        return builder;
    }

    /** How long a session waits for its client, and an event for those who missed it. */
    public Duration maxDisconnectionDuration() {
        return maxDisconnectionDuration;
    }

    /** Whether a client that comes back passes the middlewares of the namespace unasked. */
    public boolean skipMiddlewares() {
        return skipMiddlewares;
    }

    /** How many events are held for those who may miss them. */
    public int maxHeldPackets() {
        return maxHeldPackets;
    }

    /** How many bytes of events are held. */
    public long maxHeldBytes() {
        return maxHeldBytes;
    }

    /** How many sessions wait for their clients. */
    public int maxHeldSessions() {
        return maxHeldSessions;
    }

    /** Where sessions and events are held; null when each server makes a store of its own. */
    public @Nullable RecoveryStore store() {
        return store;
    }

    /** What tells the time. */
    public InstantSource clock() {
        return clock;
    }

    /** Collects options. A wrong value fails at once, in its setter. */
    public static final class Builder {

        private Duration maxDisconnectionDuration = Duration.ofMinutes(2);
        private boolean skipMiddlewares = true;
        private int maxHeldPackets = 100_000;
        private long maxHeldBytes = 64L * 1024 * 1024;
        private int maxHeldSessions = 100_000;
        private @Nullable RecoveryStore store; // null until set
        private InstantSource clock = SteadyClock.INSTANCE;

        private Builder() {}

        /**
         * Sets how long a session waits for its client, and an event for those who missed it.
         *
         * @param duration 1 ms or more; 2 minutes unless set
         * @throws IllegalArgumentException if it is shorter
         */
        public Builder maxDisconnectionDuration(Duration duration) {
            requireNonNull(duration, "duration");
            if (duration.toMillis() < 1) {
                throw new IllegalArgumentException(
                        "maxDisconnectionDuration: " + duration + " (expected: 1 ms or more)");
            }
            maxDisconnectionDuration = duration;
            return this;
        }

        /** Sets whether a client that comes back passes the middlewares of the namespace unasked; true unless set. */
        public Builder skipMiddlewares(boolean skip) {
            skipMiddlewares = skip;
            return this;
        }

        /**
         * Sets how many events are held, of all namespaces together. The oldest goes for one more, and is counted;
         * clients that have missed it are told that their session is over.
         *
         * @param packets 1 or more; 100,000 unless set
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxHeldPackets(int packets) {
            maxHeldPackets = (int) atLeastOne("maxHeldPackets", packets);
            return this;
        }

        /**
         * Sets how many bytes of events are held, of all namespaces together. The oldest events go for more, and are
         * counted; clients that have missed them are told that their session is over.
         *
         * @param bytes 1 or more; 64 MiB unless set
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxHeldBytes(long bytes) {
            maxHeldBytes = atLeastOne("maxHeldBytes", bytes);
            return this;
        }

        /**
         * Sets how many sessions wait for their clients, of all namespaces together. The one that waits longest goes
         * for one more, and is counted; its client is told that its session is over.
         *
         * @param sessions 1 or more; 100,000 unless set
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxHeldSessions(int sessions) {
            maxHeldSessions = (int) atLeastOne("maxHeldSessions", sessions);
            return this;
        }

        /**
         * Sets where sessions and events are held: a store that outlives the server lets the clients of one server go
         * on at the next one in the same process. Each server makes its own unless set.
         */
        public Builder store(RecoveryStore newStore) {
            store = requireNonNull(newStore, "newStore");
            return this;
        }

        /** Sets what tells the time: by it sessions and events grow old, and offsets are made. For tests. */
        public Builder clock(InstantSource source) {
            clock = requireNonNull(source, "source");
            return this;
        }

        /** The options so far. */
        public ConnectionStateRecovery build() {
            return new ConnectionStateRecovery(this);
        }

        private static long atLeastOne(String name, long value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
            }
            return value;
        }
    }
}

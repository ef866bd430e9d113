package io.parley.socketio.server;

import static java.util.Objects.requireNonNull;

import io.parley.engineio.server.EngineOptions;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happens to events for a client that takes them more slowly than they are sent to it. A client is slow while
 * {@link EngineOptions#highWaterMark} bytes or more wait for its connection.
 *
 * <p>With {@link #disconnect}, the default, events join what waits until {@link EngineOptions#maxBufferedBytes}. With
 * any other policy they are held in a queue of the socket while the client is slow, at most {@link #maxHeldEvents} and
 * {@link #maxHeldBytes} of them, and leave in the order in which they were sent when it has caught up. Of the events
 * that wait, the queue may keep only the newest ({@link Builder#keepNewest}); when it is full, {@link #whenFull} says
 * what gives way. An event that asks for an acknowledgement is dropped only as the newest, and whoever waits for the
 * answer hears so at once. Connects, acknowledgements, disconnects and heartbeats are never dropped; an acknowledgement
 * keeps its place among the events.
 *
 * <p>A fast client costs nothing more, and a broadcast waits for nobody.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class SlowClientPolicy {

    private static final SlowClientPolicy DISCONNECT = new SlowClientPolicy(new Builder(), false);

    private final boolean holds;
    private final SlowClientAction whenFull;
    private final int maxHeldEvents;
    private final int maxHeldBytes;
    private final Map<String, Newest> kept; // by event
    private final @Nullable Newest keptOfOthers; // null: all of them

    private SlowClientPolicy(Builder builder, boolean holds) {
        this.holds = holds;
        whenFull = builder.whenFull;
        maxHeldEvents = builder.maxHeldEvents;
        maxHeldBytes = builder.maxHeldBytes;
        kept = Map.copyOf(builder.kept);
        keptOfOthers = builder.keptOfOthers;
    }

    /**
     * Of which events only the newest wait.
     *
     * @param count how many
     * @param keyIndex the argument of which each value counts for itself; -1 for none
     */
    record Newest(int count, int keyIndex) {}

    /** Nothing is dropped: a client for which too much waits is disconnected. */
    public static SlowClientPolicy disconnect() {
        return DISCONNECT;
    }

    /** When the queue is full, the event that waited for longest gives way. */
    public static SlowClientPolicy dropOldest() {
        return builder().whenFull(SlowClientAction.DROP_OLDEST).build();
    }

    /** When the queue is full, further events are dropped. */
    public static SlowClientPolicy dropNewest() {
        return builder().whenFull(SlowClientAction.DROP_NEWEST).build();
    }

    /** A builder of policies that hold events while the client is slow. */
    public static Builder builder() {
        return new Builder();
    }

    /** What happens when the queue is full. */
    public SlowClientAction whenFull() {
        return whenFull;
    }

    /** How many events may be held for one socket. */
    public int maxHeldEvents() {
        return maxHeldEvents;
    }

    /** How many bytes of events may be held for one socket. */
    public int maxHeldBytes() {
        return maxHeldBytes;
    }

    /** Whether events are held for a slow client. */
    boolean holds() {
        return holds;
    }

    /** How many of an event may be held; null for all. */
    @Nullable
    Newest newestOf(String event) {
        return kept.getOrDefault(event, keptOfOthers);
    }

    /** Collects what a policy is made of. A wrong value fails at once, in its setter. */
    public static final class Builder {

        private SlowClientAction whenFull = SlowClientAction.DISCONNECT;
        private int maxHeldEvents = 1_000;
        private int maxHeldBytes = 1024 * 1024;
        private final Map<String, Newest> kept = new TreeMap<>();
        private @Nullable Newest keptOfOthers;

        private Builder() {}

        /**
         * Keeps only the newest events of a name while the client is slow.
         *
         * @param event its name
         * @param count how many, 1 or more
         * @throws IllegalArgumentException if {@code count} is below 1
         */
        public Builder keepNewest(String event, int count) {
            kept.put(requireNonNull(event, "event"), new Newest(SocketIoOptions.atLeastOne("count", count), -1));
            return this;
        }

        /**
         * Keeps only the newest event for each value of one argument while the client is slow: of
         * {@code emit("price", "ACME", 12.5)} the newest price of each share with {@code keepNewestBy("price", 0)}.
         *
         * @param event its name
         * @param argument the index of the argument, 0 or more: a string, a number or a boolean; events in which it is
         *     anything else count as having the same value
         * @throws IllegalArgumentException if {@code argument} is negative
         */
        public Builder keepNewestBy(String event, int argument) {
            if (argument < 0) {
                throw new IllegalArgumentException("argument: " + argument + " (expected: 0 or more)");
            }
            kept.put(requireNonNull(event, "event"), new Newest(1, argument));
            return this;
        }

        /**
         * Keeps only the newest events of each name while the client is slow, of those names for which nothing else was
         * said.
         *
         * @param count how many of a name, 1 or more
         * @throws IllegalArgumentException if {@code count} is below 1
         */
        public Builder keepNewestOfEach(int count) {
            keptOfOthers = new Newest(SocketIoOptions.atLeastOne("count", count), -1);
            return this;
        }

        /**
         * Sets what happens when the queue is full.
         *
         * @param action {@link SlowClientAction#DISCONNECT}, which is the default, {@link SlowClientAction#DROP_OLDEST}
         *     or {@link SlowClientAction#DROP_NEWEST}
         * @throws IllegalArgumentException if it is another one
         */
        public Builder whenFull(SlowClientAction action) {
            whenFull = switch (action) {
                case DISCONNECT, DROP_OLDEST, DROP_NEWEST -> action;
                case DROP_VOLATILE, CONFLATE ->
                    throw new IllegalArgumentException(
                            "whenFull: " + action + " (expected: DISCONNECT, DROP_OLDEST or DROP_NEWEST)");
            };
            return this;
        }

        /**
         * Sets how many events may be held for one socket.
         *
         * @param events 1 or more; 1,000 unless set
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxHeldEvents(int events) {
            maxHeldEvents = SocketIoOptions.atLeastOne("maxHeldEvents", events);
            return this;
        }

        /**
         * Sets how many bytes of events may be held for one socket.
         *
         * @param bytes 1 or more; 1 MiB unless set
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxHeldBytes(int bytes) {
            maxHeldBytes = SocketIoOptions.atLeastOne("maxHeldBytes", bytes);
            return this;
        }

        /** The policy. */
        public SlowClientPolicy build() {
            return new SlowClientPolicy(this, true);
        }
    }
}

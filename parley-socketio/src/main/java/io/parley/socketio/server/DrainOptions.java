package io.parley.socketio.server;

import static java.util.Objects.requireNonNull;

import io.parley.socketio.EventNames;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How {@link SocketIoServer#drain} goes about it.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class DrainOptions {

    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final Duration notice;
    private final Duration spread;
    private final Duration deadline;
    private final @Nullable Consumer<Broadcaster> notification; // null when clients are told nothing

    private DrainOptions(Builder builder) {
        notice = builder.notice;
        spread = builder.spread;
        notification = builder.notification;
        Duration asked = builder.deadline;
        Duration least = notice.plus(spread);
        deadline = asked == null ? least.plus(MARGIN) : asked;
        if (deadline.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "deadline: " + deadline + " (expected: " + least + " or more, for notice and spread)");
        }
    }

    /** Everything as the defaults say. */
    public static DrainOptions defaults() {
        return builder().build();
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder with these options, to change some; the deadline stays as it is. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.notice = notice;
        builder.spread = spread;
        builder.deadline = deadline;
        builder.notification = notification;
        return builder;
    }

    /** The time before the first client is moved. */
    public Duration notice() {
        return notice;
    }

    /** The time over which clients are moved. */
    public Duration spread() {
        return spread;
    }

    /** When whoever is left is cut off. */
    public Duration deadline() {
        return deadline;
    }

    /** What clients are told at the beginning; null for nothing. */
    @Nullable
    Consumer<Broadcaster> notification() {
        return notification;
    }

    /** Collects options. A wrong value fails at once, in its setter. */
    public static final class Builder {

        private Duration notice = Duration.ZERO;
        private Duration spread = Duration.ofSeconds(10);
        private @Nullable Duration deadline; // null until it is set: what notice and spread need, and some more
        private @Nullable Consumer<Broadcaster> notification; // null unless set

        private Builder() {}

        /**
         * Sets the time before the first client is moved: for a balancer to notice that the server is not ready any
         * more, and for clients to prepare when they are told.
         *
         * @param time zero, which is the default, or more
         * @throws IllegalArgumentException if it is negative
         */
        public Builder notice(Duration time) {
            notice = notNegative("notice", time);
            return this;
        }

        /**
         * Sets the time over which clients are moved, evenly, one after the other.
         *
         * @param time zero for all at once, or more; 10 s unless set
         * @throws IllegalArgumentException if it is negative
         */
        public Builder spread(Duration time) {
            spread = notNegative("spread", time);
            return this;
        }

        /**
         * Sets when, after the beginning, whoever is left is cut off: a client whose handlers are still at work, or that
         * does not take what was sent to it.
         *
         * @param time as long as notice and spread together, or more; 5 s more unless set
         * @throws IllegalArgumentException if it is negative
         */
        public Builder deadline(Duration time) {
            deadline = notNegative("deadline", time);
            return this;
        }

        /**
         * Sets an event that every socket gets at the beginning, so that clients can prepare; none unless set.
         *
         * @param args see {@link Emitter#emit(String, Object...)}
         * @throws IllegalArgumentException if the name is reserved
         */
        public Builder event(String event, @Nullable Object... args) {
            EventNames.requireUsable(event);
            notification = everybody -> everybody.emit(event, args);
            return this;
        }

        /**
         * The options so far.
         *
         * @throws IllegalArgumentException if the deadline is before the last client's turn
         */
        public DrainOptions build() {
            return new DrainOptions(this);
        }

        private static Duration notNegative(String name, Duration value) {
            requireNonNull(value, name);
            if (value.isNegative()) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: zero or more)");
            }
            return value;
        }
    }
}

package io.parley.socketio.server;

import static java.util.Objects.requireNonNull;

import io.parley.websocket.Rate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many events, and how many bytes of events, a socket takes from its client in a second. Acknowledgements and
 * heartbeats do not count. Without a limit, which is the default, nothing is measured.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class RateLimits {

    /**
     * The name of the event that tells a client of a refused event for which it asked no acknowledgement. Its argument,
     * and that of an acknowledgement, is an object: {@code {"error":{"code":"rate_limited","message":"…",
     * "event":"say"}}}.
     */
    public static final String EVENT = "rate_limited";

    private static final RateLimits NONE = builder().build();

    private final @Nullable Rate events; // null: not limited
    private final @Nullable Rate bytes; // null: not limited
    private final RateLimitAction action;

    private RateLimits(Builder builder) {
        events = builder.events;
        bytes = builder.bytes;
        action = builder.action;
    }

    /** No limit. */
    public static RateLimits none() {
        return NONE;
    }

    /** A builder without limits. */
    public static Builder builder() {
        return new Builder();
    }

    /** How many events; empty when that is not limited. */
    public Optional<Rate> events() {
        return Optional.ofNullable(events);
    }

    /** How many bytes of events; empty when that is not limited. */
    public Optional<Rate> bytes() {
        return Optional.ofNullable(bytes);
    }

    /** What happens to an event above a limit. */
    public RateLimitAction action() {
        return action;
    }

    /** Whether there is any limit. */
    boolean isAny() {
        return events != null || bytes != null;
    }

    /** Collects limits. A wrong value fails at once, in its setter. */
    public static final class Builder {

        private @Nullable Rate events;
        private @Nullable Rate bytes;
        private RateLimitAction action = RateLimitAction.REFUSE;

        private Builder() {}

        /**
         * Limits the number of events.
         *
         * @param perSecond in the long run, 1 or more
         * @param burst at once, 1 or more
         * @throws IllegalArgumentException if one of them is below 1
         */
        public Builder events(int perSecond, int burst) {
            events = new Rate(perSecond, burst);
            return this;
        }

        /**
         * Limits the bytes of events: those of their text in UTF-8 and those of their attachments. An event passes while
         * any are left, so one that is larger than the burst is not refused for ever; what it took too many of is
         * missing later.
         *
         * @param perSecond in the long run, 1 or more
         * @param burst at once, 1 or more
         * @throws IllegalArgumentException if one of them is below 1
         */
        public Builder bytes(int perSecond, int burst) {
            bytes = new Rate(perSecond, burst);
            return this;
        }

        /** Sets what happens to an event above a limit; {@link RateLimitAction#REFUSE} unless set. */
        public Builder action(RateLimitAction newAction) {
            action = requireNonNull(newAction, "newAction");
            return this;
        }

        /** The limits. */
        public RateLimits build() {
            return new RateLimits(this);
        }
    }
}

package io.parley.engineio.server;

import static java.util.Objects.requireNonNull;

import io.parley.websocket.Rate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many sessions may begin, and how many one address may have. Without a limit, which is the default, nothing is
 * counted. A handshake above a limit is refused before anything else is asked, {@link EngineOptions#allowRequest}
 * included; {@link EngineServer#refusedHandshakes} counts it.
 *
 * <p>The limits are about sessions. Those of HTTP connections are options of the HTTP server, which knows no proxies.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class HandshakeLimits {

    private static final HandshakeLimits NONE = builder().build();

    private final @Nullable Rate handshakes; // null: not limited
    private final @Nullable Rate handshakesPerAddress; // null: not limited
    private final int sessionsPerAddress;
    private final int maxAddresses;
    private final ClientAddress clientAddress;

    private HandshakeLimits(Builder builder) {
        handshakes = builder.handshakes;
        handshakesPerAddress = builder.handshakesPerAddress;
        sessionsPerAddress = builder.sessionsPerAddress;
        maxAddresses = builder.maxAddresses;
        clientAddress = builder.clientAddress;
    }

    /** No limit. */
    public static HandshakeLimits none() {
        return NONE;
    }

    /** A builder without limits. */
    public static Builder builder() {
        return new Builder();
    }

    /** How many sessions may begin on this server; empty when that is not limited. */
    public Optional<Rate> handshakes() {
        return Optional.ofNullable(handshakes);
    }

    /** How many sessions may begin from one address; empty when that is not limited. */
    public Optional<Rate> handshakesPerAddress() {
        return Optional.ofNullable(handshakesPerAddress);
    }

    /** How many sessions one address may have at a time; {@link Integer#MAX_VALUE} when that is not limited. */
    public int sessionsPerAddress() {
        return sessionsPerAddress;
    }

    /** How many addresses are remembered. */
    public int maxAddresses() {
        return maxAddresses;
    }

    /** What an address is. */
    public ClientAddress clientAddress() {
        return clientAddress;
    }

    /** Whether addresses are counted at all. */
    boolean isPerAddress() {
        return handshakesPerAddress != null || sessionsPerAddress < Integer.MAX_VALUE;
    }

    /** Collects limits. A wrong value fails at once, in its setter. */
    public static final class Builder {

        private @Nullable Rate handshakes;
        private @Nullable Rate handshakesPerAddress;
        private int sessionsPerAddress = Integer.MAX_VALUE;
        private int maxAddresses = 100_000;
        private ClientAddress clientAddress = ClientAddress.remote();

        private Builder() {}

        /**
         * Limits how many sessions begin on this server, so that it survives when all clients come back at once. Those
         * above the limit are answered 503 with {@code Retry-After}; official clients try again by themselves.
         *
         * @param perSecond in the long run, 1 or more
         * @param burst at once, 1 or more
         * @throws IllegalArgumentException if one of them is below 1
         */
        public Builder handshakes(int perSecond, int burst) {
            handshakes = new Rate(perSecond, burst);
            return this;
        }

        /**
         * Limits how many sessions begin from one address. Those above the limit are answered 429 with
         * {@code Retry-After}.
         *
         * @param perSecond in the long run, 1 or more
         * @param burst at once, 1 or more
         * @throws IllegalArgumentException if one of them is below 1
         */
        public Builder handshakesPerAddress(int perSecond, int burst) {
            handshakesPerAddress = new Rate(perSecond, burst);
            return this;
        }

        /**
         * Limits how many sessions one address has at a time. Those above the limit are answered 429.
         *
         * @param sessions 1 or more
         * @throws IllegalArgumentException if it is less
         */
        public Builder sessionsPerAddress(int sessions) {
            sessionsPerAddress = atLeastOne("sessionsPerAddress", sessions);
            return this;
        }

        /**
         * Sets how many addresses are remembered, if addresses are limited: those with sessions, and those that have
         * begun one lately. When there are more, those that come new are answered 503.
         *
         * @param addresses 1 or more; 100,000 unless set
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxAddresses(int addresses) {
            maxAddresses = atLeastOne("maxAddresses", addresses);
            return this;
        }

        /** Sets what the address of a client is; {@link ClientAddress#remote} unless set. */
        public Builder clientAddress(ClientAddress address) {
            clientAddress = requireNonNull(address, "address");
            return this;
        }

        /** The limits. */
        public HandshakeLimits build() {
            return new HandshakeLimits(this);
        }

        private static int atLeastOne(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
            }
            return value;
        }
    }
}

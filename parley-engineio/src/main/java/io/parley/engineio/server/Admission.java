package io.parley.engineio.server;

import io.parley.websocket.Rate;
import io.parley.websocket.TokenBucket;
import io.parley.websocket.server.HttpRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Holds handshakes to their limits: it counts the sessions of each address and measures how fast they begin.
 *
 * <p><b>Threading.</b> Guarded by itself: a handshake costs far more than the lock.
 */
final class Admission {

    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);

    private final HandshakeLimits limits;
    private final Map<HandshakeLimit, LongAdder> refused = new ConcurrentHashMap<>(); // what never happened is absent
    private final Map<String, Address> addresses = new HashMap<>();
    private @Nullable TokenBucket handshakes; // null until the first, or for ever when they are not limited
    private @Nullable TokenBucket sweeps; // null until the first

    Admission(HandshakeLimits limits) {
        this.limits = limits;
    }

    /** What is known of one address. */
    private static final class Address {

        private int sessions;
        private @Nullable TokenBucket handshakes; // null until the first, or for ever when they are not limited

        boolean isForgettable(long nanoTime) {
            return sessions == 0 && (handshakes == null || handshakes.isFull(nanoTime));
        }
    }

    /** How many handshakes were above a limit. */
    long refused(HandshakeLimit limit) {
        LongAdder count = refused.get(limit);
        return count == null ? 0 : count.sum();
    }

    /** Measures a handshake; returns why it is refused, null when it is not. */
    @Nullable
    Refusal check(HttpRequest request, long nanoTime) {
        String client = clientOf(request);
        Rate rate = limits.handshakes().orElse(null);
        return client == null && rate == null ? null : check(client, rate, nanoTime);
    }

    /** The address that is limited; null when there is none. */
    private @Nullable String clientOf(HttpRequest request) {
        return limits.isPerAddress() ? limits.clientAddress().of(request) : null;
    }

    private synchronized @Nullable Refusal check(@Nullable String client, @Nullable Rate rate, long nanoTime) {
        Refusal refusal = client == null ? null : checkAddress(client, nanoTime);
        if (refusal != null || rate == null) {
            return refusal;
        }
        if (handshakes == null) {
            handshakes = new TokenBucket(rate, nanoTime);
        }
        return handshakes.tryTake(1, nanoTime)
                ? null
                : refuse(
                        HandshakeLimit.HANDSHAKES,
                        "The server takes " + rate + ", of new sessions; come back after a while",
                        handshakes.untilThereAre(1, nanoTime));
    }

    private @Nullable Refusal checkAddress(String client, long nanoTime) {
        Address address = addresses.get(client);
        if (address == null) {
            if (!hasRoom(nanoTime)) {
                return refuse(
                        HandshakeLimit.ADDRESSES,
                        "The server has clients of as many addresses as it takes; come back after a while",
                        SWEEP_INTERVAL);
            }
            address = new Address();
        }
        if (address.sessions >= limits.sessionsPerAddress()) {
            return refuseAnother(address);
        }
        Rate rate = limits.handshakesPerAddress().orElse(null);
        return rate == null ? null : checkRate(client, address, rate, nanoTime);
    }

    private @Nullable Refusal checkRate(String client, Address address, Rate rate, long nanoTime) {
        TokenBucket bucket = address.handshakes;
        if (bucket == null) {
            bucket = new TokenBucket(rate, nanoTime);
            address.handshakes = bucket;
            addresses.put(client, address);
        }
        return bucket.tryTake(1, nanoTime)
                ? null
                : refuse(
                        HandshakeLimit.HANDSHAKES_PER_ADDRESS,
                        "The server takes " + rate + ", of new sessions from your address; come back after a while",
                        bucket.untilThereAre(1, nanoTime));
    }

    private Refusal refuseAnother(Address address) {
        return refuse(
                HandshakeLimit.SESSIONS_PER_ADDRESS,
                "Your address has " + address.sessions + " sessions (limit: " + limits.sessionsPerAddress() + ")",
                null);
    }

    private Refusal refuse(HandshakeLimit limit, String message, @Nullable Duration retryAfter) {
        refused.computeIfAbsent(limit, any -> new LongAdder()).increment();
        return Refusal.limited(limit, message, retryAfter);
    }

    /** Whether another address can be remembered. Those of which nothing needs to be known are forgotten first. */
    private boolean hasRoom(long nanoTime) {
        if (addresses.size() < limits.maxAddresses()) {
            return true;
        }
        if (sweeps == null) {
            sweeps = new TokenBucket(new Rate(1, 1), nanoTime);
        }
        if (sweeps.tryTake(1, nanoTime)) {
            addresses.values().removeIf(address -> address.isForgettable(nanoTime));
        }
        return addresses.size() < limits.maxAddresses();
    }

    /** Counts a session that begins, unless its address has as many as it may: returns the refusal then, or null. */
    @Nullable
    Refusal enter(HttpRequest request) {
        String client = clientOf(request);
        return client == null ? null : enter(client);
    }

    private synchronized @Nullable Refusal enter(String client) {
        Address address = addresses.computeIfAbsent(client, any -> new Address());
        if (address.sessions >= limits.sessionsPerAddress()) {
            return refuseAnother(address);
        }
        address.sessions++;
        return null;
    }

    /** Counts off a session that ends. */
    void leave(HttpRequest request) {
        String client = clientOf(request);
        if (client != null) {
            leave(client);
        }
    }

    private synchronized void leave(String client) {
        Address address = addresses.get(client);
        if (address != null && --address.sessions == 0 && address.handshakes == null) {
            addresses.remove(client);
        }
    }
}

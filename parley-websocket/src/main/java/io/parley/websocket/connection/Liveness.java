package io.parley.websocket.connection;

import io.parley.websocket.ConnectionOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Watches that the peer is there: asks it by a ping when it has been silent, and ends a connection that does not answer
 * or has had no message for too long. Looks four times in the shortest of its time spans.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop.
 */
final class Liveness extends Pulse.Member {

    private static final int BEATS = 4;

    /** What happens to the connection. */
    interface Host {

        /** Whether nothing is read at the moment, so that the peer's silence says nothing. */
        boolean isDeaf();

        /** Asks the peer for a pong. */
        void ping();

        /** The peer did not answer. */
        void onNoPong(Duration timeout);

        /** There was no message. */
        void onIdle(Duration timeout);
    }

    private final Host host;
    private final Pulse pulse;
    private final ConnectionOptions options;
    private long lastHeard;
    private long lastMessage;
    private long pingedAt; // meaningful while waiting
    private boolean waiting; // for an answer to a ping
    private boolean heard; // since the last beat
    private boolean message; // since the last beat

    private Liveness(Host host, Pulse pulse, ConnectionOptions options, long now) {
        this.host = host;
        this.pulse = pulse;
        this.options = options;
        lastHeard = now;
        lastMessage = now;
    }

    /** Begins to watch; null when the options ask for nothing of the kind. */
    static @Nullable Liveness watch(Host host, NettyEventLoop loop, ConnectionOptions options) {
        long shortest = Long.MAX_VALUE;
        if (!options.pingInterval().isZero()) {
            shortest = Math.min(
                    options.pingInterval().toNanos(), options.pongTimeout().toNanos());
        }
        if (!options.idleTimeout().isZero()) {
            shortest = Math.min(shortest, options.idleTimeout().toNanos());
        }
        if (shortest == Long.MAX_VALUE) {
            return null;
        }
        Pulse pulse = loop.pulse(Duration.ofNanos(shortest / BEATS));
        Liveness liveness = new Liveness(host, pulse, options, loop.nanoTime());
        pulse.join(liveness);
        return liveness;
    }

    void stop() {
        pulse.leave(this);
    }

    /** Something came from the peer. */
    void heard() {
        heard = true;
    }

    /** A message came or went. */
    void message() {
        message = true;
    }

    @Override
    void onBeat(long now) {
        if (heard || host.isDeaf()) {
            heard = false;
            waiting = false;
            lastHeard = now;
        }
        if (message) {
            message = false;
            lastMessage = now;
        }
        if (hasPassed(options.idleTimeout(), lastMessage, now)) {
            host.onIdle(options.idleTimeout());
        } else if (waiting) {
            if (hasPassed(options.pongTimeout(), pingedAt, now)) {
                host.onNoPong(options.pongTimeout());
            }
        } else if (hasPassed(options.pingInterval(), lastHeard, now)) {
            waiting = true;
            pingedAt = now;
            host.ping();
        }
    }

    private static boolean hasPassed(Duration span, long since, long now) {
        return !span.isZero() && now - since >= span.toNanos();
    }
}

package io.parley.socketio.server;

import io.parley.socketio.Arguments;
import io.parley.socketio.DisconnectReason;
import io.parley.socketio.packet.Packet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * How a namespace holds its clients to rate limits, and how often they were exceeded.
 *
 * <p><b>Threading.</b> Safe for any thread, but for {@link #admits}, which is called on the socket's event loop.
 */
final class RateLimiting {

    private final List<RateLimitListener> listeners = new CopyOnWriteArrayList<>();
    private final Counts<RateLimitCause> counts;
    private volatile RateLimits limits;

    RateLimiting(RateLimits limits, Counts<RateLimitCause> counts) {
        this.limits = limits;
        this.counts = counts;
    }

    /** What a namespace begins with that comes into being under this one; its counts are part of these. */
    RateLimiting ofChild() {
        RateLimiting child = new RateLimiting(limits, counts.part());
        child.listeners.addAll(listeners);
        return child;
    }

    RateLimits limits() {
        return limits;
    }

    void limits(RateLimits newLimits) {
        limits = newLimits;
    }

    void add(RateLimitListener listener) {
        listeners.add(listener);
    }

    long sum(RateLimitCause cause) {
        return counts.sum(cause);
    }

    /** Measures an event; returns whether it is to be handled. */
    boolean admits(RateGate gate, NamespaceSocket socket, Packet.Event event, int size) {
        RateLimitCause cause = gate.take(size);
        if (cause == null) {
            return true;
        }
        counts.add(cause);
        boolean news = gate.noteLimited();
        if (news) {
            tell(socket, cause);
        }
        switch (gate.limits().action()) {
            case REFUSE -> refuse(socket, event, gate.describe(cause), news);
            case DELAY -> gate.delay(size, cause);
            case DISCONNECT -> socket.connection.close(DisconnectReason.RATE_LIMITED, gate.describe(cause));
        }
        return gate.limits().action() == RateLimitAction.DELAY;
    }

    private void tell(NamespaceSocket socket, RateLimitCause cause) {
        for (RateLimitListener listener : listeners) {
            socket.mailbox()
                    .execute(() -> Dispatch.guarded(socket, "rate limit", () -> listener.onRateLimited(socket, cause)));
        }
    }

    private static void refuse(NamespaceSocket socket, Packet.Event event, String message, boolean news) {
        Long ackId = event.ackId();
        Arguments told = Arguments.of(error(message, event.name()));
        Namespace namespace = socket.namespace();
        if (ackId != null) {
            socket.write(namespace.server().encode(new Packet.Ack(namespace.name(), ackId, told)));
        } else if (news) {
            socket.sendEvent(RateLimits.EVENT, told, socket.emitter());
        }
    }

    /** The wire form, in the order of its fields. */
    private static Map<String, Object> error(String message, String event) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("code", "rate_limited");
        details.put("message", message);
        details.put("event", event);
        return Map.of("error", details);
    }
}

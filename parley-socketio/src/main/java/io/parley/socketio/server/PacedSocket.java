package io.parley.socketio.server;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.adapter.OutgoingEvent;
import io.parley.socketio.packet.Packet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a socket that keeps pace with its client: it hands packets to the connection as fast as the client takes
 * them, and measures how fast events come.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop, but for what {@link Socket} offers.
 */
abstract sealed class PacedSocket extends AuthenticatedSocket permits NamespaceSocket {

    final Connection connection;
    final Namespace namespace;
    private @Nullable RateGate rateGate; // null without a rate limit, and until the first event
    private volatile @Nullable Outflow outflow; // null until the client is slow for the first time

    PacedSocket(Connection connection, Namespace namespace) {
        this.connection = connection;
        this.namespace = namespace;
    }

    @Override
    public final boolean isWritable() {
        return isConnected() && !isHolding() && !connection.engine().isAboveHighWaterMark();
    }

    @Override
    public final long bufferedBytes() {
        Outflow held = outflow;
        return connection.engine().bufferedBytes() + (held == null ? 0 : held.bytes());
    }

    @Override
    public final long droppedEvents() {
        Outflow held = outflow;
        return held == null ? 0 : held.dropped();
    }

    /** Whether an event of the client's is within the rate limits, or to be handled all the same. */
    final boolean admits(Packet.Event event, int size) {
        RateLimiting limiting = namespace.rateLimiting();
        if (rateGate == null) {
            RateLimits limits = limiting.limits();
            if (!limits.isAny()) {
                return true;
            }
            rateGate = new RateGate((NamespaceSocket) this, limits);
        }
        return limiting.admits(rateGate, (NamespaceSocket) this, event, size);
    }

    /** Whether the client has a gap in its events, so that its last offset does not say what it missed. */
    final boolean isLossy() {
        Outflow held = outflow;
        return held != null && held.isLossy();
    }

    /** Sends an event, now or when the client has caught up; false when it was dropped. */
    final boolean pass(OutgoingEvent event) {
        if (event.isVolatile() && (isHolding() || !connection.engine().isWritable())) {
            outflow().dropVolatile();
            return false;
        }
        if (mustWait()) {
            return outflow().add(event);
        }
        connection.write(event.messages());
        return true;
    }

    /** Sends a packet that is never dropped, after the events that wait. */
    final void passControl(List<EncodedPacket> messages) {
        if (isHolding()) {
            outflow().addControl(messages);
        } else {
            connection.write(messages);
        }
    }

    private boolean mustWait() {
        return policy().holds() && (isHolding() || connection.engine().isAboveHighWaterMark());
    }

    /** A socket that was slow once keeps the policy that it had then. */
    private SlowClientPolicy policy() {
        Outflow held = outflow;
        return held == null ? namespace.slowClients().policy() : held.policy();
    }

    final boolean isHolding() {
        Outflow held = outflow;
        return held != null && held.bytes() > 0;
    }

    private Outflow outflow() {
        Outflow held = outflow;
        if (held == null) {
            held = new Outflow((NamespaceSocket) this, namespace.slowClients());
            outflow = held;
        }
        return held;
    }

    /** Sends one packet that was held; false when there is none. */
    final boolean releaseOne() {
        if (!isHolding()) {
            return false;
        }
        connection.write(outflow().poll());
        return true;
    }

    /** Sends all that was held. */
    final void releaseHeld() {
        while (releaseOne()) {
            // the next one
        }
    }

    /** The socket is over: nothing is sent any more, and nobody waits because of it. */
    final void endPacing() {
        if (rateGate != null) {
            rateGate.close();
        }
        Outflow held = outflow;
        if (held != null) {
            held.clear();
        }
    }
}

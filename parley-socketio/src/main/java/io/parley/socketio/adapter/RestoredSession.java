package io.parley.socketio.adapter;

import static java.util.Objects.requireNonNull;

import io.parley.engineio.packet.EncodedPacket;
import java.util.List;

/**
 * A session that goes on.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param missed the events that the client has not had, in the order of the log
 * @param liveFrom where the log was cut: every event before this position is in {@code missed}, had before, or not for
 *     this client; every event from here on is delivered to the socket
 * @param progress how far the client is told when it has had {@code missed}
 */
public record RestoredSession(List<Missed> missed, long liveFrom, Progress progress) {

    /** Takes a copy of the list. */
    public RestoredSession {
        missed = List.copyOf(missed);
        requireNonNull(progress, "progress");
    }

    /**
     * An event that is sent again.
     *
     * @param offset its place in the log
     * @param messages the packet encoded, the offset included
     */
    public record Missed(Offset offset, List<EncodedPacket> messages) {}
}

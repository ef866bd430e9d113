package io.parley.socketio.adapter;

import io.parley.engineio.packet.EncodedPacket;
import java.util.List;

/**
 * One event in the log.
 *
 * @param messages the packet encoded; empty when it marks a place only, and is not sent again
 * @param millis when it was sent
 */
record HeldEvent(
        String namespace,
        Offset offset,
        BroadcastOptions options,
        List<EncodedPacket> messages,
        int bytes,
        long millis) {

    private static final int OVERHEAD = 200; // about what the objects around the text take

    HeldEvent(String namespace, Offset offset, BroadcastOptions options, List<EncodedPacket> messages, long millis) {
        this(namespace, offset, options, messages, size(messages), millis);
    }

    boolean isFor(HeldSession session) {
        return !messages.isEmpty()
                && namespace.equals(session.namespace())
                && isIncluded(session)
                && options.except().stream().noneMatch(room -> session.wasIn(room, offset.position()));
    }

    private boolean isIncluded(HeldSession session) {
        return options.rooms().isEmpty()
                || options.rooms().stream().anyMatch(room -> session.wasIn(room, offset.position()));
    }

    private static int size(List<EncodedPacket> messages) {
        int size = OVERHEAD;
        for (EncodedPacket message : messages) {
            size += message.length();
        }
        return size;
    }
}

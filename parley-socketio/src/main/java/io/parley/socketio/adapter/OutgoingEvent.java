package io.parley.socketio.adapter;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.packet.Packet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to any number of sockets: encoded once, shared by all of them.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param event the packet
 * @param messages the packet encoded
 * @param isVolatile whether to drop it where it could not leave at once
 * @param offset its place in the log of the adapter; null when it has none
 */
public record OutgoingEvent(
        Packet.Event event,
        List<EncodedPacket> messages,
        boolean isVolatile,
        @Nullable Offset offset) {}

package io.parley.engineio.server;

import io.parley.engineio.DisconnectReason;
import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.packet.EnginePacket;
import java.util.List;

/**
 * Sees everything that happens in sessions, packet by packet: the events of the official server's sockets. For metrics,
 * logs and tests; what an application needs comes to its {@link EngineListener}. See {@link EngineServer#observe} and
 * {@link EngineSocket#observe}.
 *
 * <p><b>Threading.</b> Called on the session's event loop, so nothing here may block. What a method throws is logged and
 * changes nothing.
 */
public interface EngineObserver {

    /** The session began; its open packet is on its way, and {@link EngineServer}'s {@code onConnection} comes next. */
    default void onOpen(EngineSocket socket) {}

    /** A packet came from the client, whatever its type. */
    default void onPacket(EngineSocket socket, EnginePacket packet) {}

    /** A packet is about to be sent: from the application, or one of the protocol's own. */
    default void onPacketCreate(EngineSocket socket, EncodedPacket packet) {}

    /** A text message came; {@link #onPacket} was told before. */
    default void onText(EngineSocket socket, EnginePacket.Text message) {}

    /** A binary message came; {@link #onPacket} was told before. */
    default void onBinary(EngineSocket socket, EnginePacket.Binary message) {}

    /** The client has answered a ping. */
    default void onHeartbeat(EngineSocket socket) {}

    /** A transport probes in order to take over. */
    default void onUpgrading(EngineSocket socket, TransportType to) {}

    /** The session goes on over another transport. */
    default void onUpgrade(EngineSocket socket, TransportType to) {}

    /** Packets are about to be handed to the transport: over polling all that waited, over WebSocket one at a time. */
    default void onFlush(EngineSocket socket, List<EncodedPacket> packets) {}

    /** What was flushed is with the transport. */
    default void onDrain(EngineSocket socket) {}

    /** The session is over; {@link EngineListener#onClose} was told before. */
    default void onClose(EngineSocket socket, DisconnectReason reason, String description) {}
}

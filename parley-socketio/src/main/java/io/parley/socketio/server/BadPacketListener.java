package io.parley.socketio.server;

import io.parley.engineio.server.EngineSocket;
import io.parley.socketio.packet.PacketException;

/** Hears of clients that break the protocol. */
@FunctionalInterface
public interface BadPacketListener {

    /**
     * Called on a handler thread, once for a connection. What it throws is logged.
     *
     * @param connection is being closed
     * @param cause what was wrong. What its message quotes of the client is short and escaped: the first 64 characters
     *     or bytes of the packet, or of what was wrong in it
     */
    void onBadPacket(EngineSocket connection, PacketException cause);
}

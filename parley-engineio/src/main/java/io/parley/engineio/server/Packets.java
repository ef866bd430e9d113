package io.parley.engineio.server;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.packet.EnginePacket;

/** The packets without content, encoded once for all sessions. */
final class Packets {

    static final EncodedPacket CLOSE = EncodedPacket.of(new EnginePacket.Close());
    static final EncodedPacket PING = EncodedPacket.of(new EnginePacket.Ping(""));
    static final EncodedPacket PONG = EncodedPacket.of(new EnginePacket.Pong(""));
    static final EncodedPacket PROBE_ANSWER = EncodedPacket.of(new EnginePacket.Pong("probe"));
    static final EncodedPacket NOOP = EncodedPacket.of(new EnginePacket.Noop());

    private Packets() {}

    /** Whether the transport made the packet itself: such a one is no reason to compress. */
    static boolean isBare(EncodedPacket packet) {
        return packet == NOOP || packet == CLOSE;
    }
}

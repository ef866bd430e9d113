package io.parley.engineio.server;

import io.parley.engineio.DisconnectReason;
import io.parley.engineio.EngineException;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.packet.EnginePacket;
import io.parley.websocket.Excerpt;

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

    /** Says what is wrong with a packet where it stands, and how it begins. */
    static EngineException misplaced(EnginePacket packet, String problem) {
        return new EngineException(
                DisconnectReason.PARSE_ERROR,
                packet.type() + " packet " + problem + " in \"" + beginningOf(packet) + '"');
    }

    private static String beginningOf(EnginePacket packet) {
        return packet instanceof EnginePacket.Binary binary ? Excerpt.of(binary.bytes()) : Excerpt.of(textOf(packet));
    }

    /** How much a packet holds, be it in a field that nobody reads: bytes, or characters of a text. */
    static int sizeOf(EnginePacket packet) {
        return packet instanceof EnginePacket.Binary binary
                ? binary.bytes().remaining()
                : textOf(packet).length();
    }

    private static String textOf(EnginePacket packet) {
        return switch (packet.type()) {
            case OPEN -> ((EnginePacket.Open) packet).data();
            case PING -> ((EnginePacket.Ping) packet).data();
            case PONG -> ((EnginePacket.Pong) packet).data();
            case MESSAGE -> ((EnginePacket.Text) packet).text();
            case CLOSE, UPGRADE, NOOP -> "";
        };
    }
}

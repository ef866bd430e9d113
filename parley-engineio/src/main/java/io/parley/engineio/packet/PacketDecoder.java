package io.parley.engineio.packet;

import io.parley.engineio.DisconnectReason;
import io.parley.engineio.EngineException;
import io.parley.websocket.Excerpt;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Decodes packets in their text form: a type digit and data, or {@code b} and base64 for a binary message (Engine.IO
 * protocol 4, "Packet encoding"). A binary WebSocket message needs no decoding: it is a message as it stands.
 */
public final class PacketDecoder {

    private static final char BASE64_MARK = 'b';

    private static final EnginePacket CLOSE = new EnginePacket.Close();
    private static final EnginePacket PING = new EnginePacket.Ping("");
    private static final EnginePacket PONG = new EnginePacket.Pong("");
    private static final EnginePacket UPGRADE = new EnginePacket.Upgrade();
    private static final EnginePacket NOOP = new EnginePacket.Noop();

    private PacketDecoder() {}

    /**
     * Decodes one packet. Data after the digit of a packet that has none is ignored.
     *
     * @throws EngineException with {@link DisconnectReason#PARSE_ERROR} if it is empty, of an unknown type or not base64
     */
    public static EnginePacket decode(String packet) {
        if (packet.isEmpty()) {
            throw parseError("Packet: empty (expected: a type '0' to '6' first, or 'b' and base64)");
        }
        return switch (packet.charAt(0)) {
            case '0' -> new EnginePacket.Open(packet.substring(1));
            case '1' -> CLOSE;
            case '2' -> packet.length() == 1 ? PING : new EnginePacket.Ping(packet.substring(1));
            case '3' -> packet.length() == 1 ? PONG : new EnginePacket.Pong(packet.substring(1));
            case '4' -> new EnginePacket.Text(packet.substring(1));
            case '5' -> UPGRADE;
            case '6' -> NOOP;
            case BASE64_MARK -> new EnginePacket.Binary(decodeBase64(packet, 1));
            default ->
                throw parseError(
                        packet,
                        "Packet type '" + Excerpt.of(packet.substring(0, 1)) + "' (expected: '0' to '6', or 'b')");
        };
    }

    /** What stands in base64 behind the mark, from {@code start} on. */
    static ByteBuffer decodeBase64(String packet, int start) {
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(packet.substring(start)));
        } catch (IllegalArgumentException expected) { // the peer's mistake, told in our words
            throw parseError(packet, "Packet 'b': not base64 (expected: the standard alphabet, padded)");
        }
    }

    static EngineException parseError(String message) {
        return new EngineException(DisconnectReason.PARSE_ERROR, message);
    }

    /** Says what is wrong with a text, and how it begins. */
    static EngineException parseError(String text, String problem) {
        return parseError(problem + " in \"" + Excerpt.of(text) + '"');
    }

    /** Says what is wrong with bytes, and how they begin. */
    static EngineException parseError(ByteBuffer bytes, String problem) {
        return parseError(problem + " in \"" + Excerpt.of(bytes) + '"');
    }
}

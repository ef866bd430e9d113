package io.parley.engineio.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.engineio.EngineException;
import java.nio.ByteBuffer;

/**
 * Decodes packets of protocol 3. Text is as in protocol 4, but base64 says its type: {@code b4AQID}. Binary begins with
 * the type as a byte (Engine.IO protocol 3, "Encoding").
 */
public final class V3PacketDecoder {

    private static final byte MESSAGE = 4;
    private static final byte LAST_TYPE = 6;
    private static final char BASE64_MARK = 'b';

    private V3PacketDecoder() {}

    /**
     * Decodes a packet in its text form.
     *
     * @throws EngineException with {@link io.parley.engineio.DisconnectReason#PARSE_ERROR} if it is empty, of an unknown
     *     type or not base64
     */
    public static EnginePacket decode(String packet) {
        if (packet.isEmpty() || packet.charAt(0) != BASE64_MARK) {
            return PacketDecoder.decode(packet);
        }
        if (packet.length() == 1) {
            throw PacketDecoder.parseError(packet, "Packet 'b': no type (expected: '0' to '6' and base64)");
        }
        if (packet.charAt(1) == BASE64_MARK) {
            throw PacketDecoder.parseError(packet, "Packet 'b': base64 in base64 (expected: a type '0' to '6')");
        }
        ByteBuffer bytes = PacketDecoder.decodeBase64(packet, 2);
        return packet.charAt(1) == EnginePacket.Type.MESSAGE.digit()
                ? new EnginePacket.Binary(bytes)
                : PacketDecoder.decode(packet.charAt(1) + text(bytes));
    }

    /**
     * Decodes a packet in its binary form.
     *
     * @param packet shared: the bytes must not change any more
     * @throws EngineException with {@link io.parley.engineio.DisconnectReason#PARSE_ERROR} if it is empty or of an unknown
     *     type
     */
    public static EnginePacket decode(ByteBuffer packet) {
        if (!packet.hasRemaining()) {
            throw PacketDecoder.parseError("Binary packet: empty (expected: a type 0 to 6 first)");
        }
        ByteBuffer rest = packet.slice();
        byte type = rest.get();
        if (type < 0 || type > LAST_TYPE) {
            throw PacketDecoder.parseError(packet, "Binary packet of type " + (type & 0xFF) + " (expected: 0 to 6)");
        }
        return type == MESSAGE ? new EnginePacket.Binary(rest) : PacketDecoder.decode((char) ('0' + type) + text(rest));
    }

    private static String text(ByteBuffer bytes) {
        return UTF_8.decode(bytes).toString();
    }
}

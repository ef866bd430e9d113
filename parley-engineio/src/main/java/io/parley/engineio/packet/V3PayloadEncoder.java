package io.parley.engineio.packet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.parley.websocket.PreparedMessage;
import java.nio.ByteBuffer;
import java.util.Collection;

/**
 * Joins packets to one polling body of protocol 3 (Engine.IO protocol 3, "Payload"). The bytes of a packet are shared by
 * all recipients; only what stands before it is written for each.
 */
public final class V3PayloadEncoder {

    private static final byte TEXT = 0;
    private static final byte BINARY = 1;
    private static final byte END_OF_LENGTH = (byte) 255;
    private static final int MAX_HEAD = 12; // a mark, up to 10 digits and the end

    private V3PayloadEncoder() {}

    /**
     * Encodes the packets in order as text, binary ones in base64; {@code 0:} when there are none.
     *
     * @return the body in UTF-8, the caller's own
     */
    public static ByteBuffer encodeText(Collection<EncodedPacket> packets) {
        if (packets.isEmpty()) {
            return ByteBuffer.wrap(new byte[] {'0', ':'});
        }
        int length = 0;
        for (EncodedPacket packet : packets) {
            length = Math.addExact(length, MAX_HEAD + packet.base64Message().length());
        }
        ByteBuffer body = ByteBuffer.allocate(length);
        for (EncodedPacket packet : packets) {
            body.put(digits(packet.base64Length())).put((byte) ':');
            body.put(packet.base64Message().payload());
        }
        return body.flip();
    }

    /**
     * Encodes the packets in order as they are, text and binary.
     *
     * @return the body, the caller's own
     */
    public static ByteBuffer encodeBinary(Collection<EncodedPacket> packets) {
        int length = 0;
        for (EncodedPacket packet : packets) {
            length = Math.addExact(length, MAX_HEAD + packet.typedMessage().length());
        }
        ByteBuffer body = ByteBuffer.allocate(length);
        for (EncodedPacket packet : packets) {
            PreparedMessage message = packet.typedMessage();
            body.put(message.isText() ? TEXT : BINARY);
            for (byte digit : digits(message.length())) {
                body.put((byte) (digit - '0'));
            }
            body.put(END_OF_LENGTH).put(message.payload());
        }
        return body.flip();
    }

    private static byte[] digits(int length) {
        return Integer.toString(length).getBytes(ISO_8859_1);
    }
}

package io.parley.websocket.frame;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * Makes the parts of frames (RFC 6455 section 5.2): headers, and the payloads of control frames.
 *
 * <p>The first byte of a header is the opcode with {@link #FINAL} for the last frame of a message and
 * {@link #COMPRESSED} for the first frame of a compressed one.
 *
 * <p><b>Threading.</b> Without state.
 */
public final class FrameEncoder {

    /** The longest payload of a ping, pong or close frame (RFC 6455 section 5.5). */
    public static final int MAX_CONTROL_PAYLOAD = 125;

    /** The longest header: two bytes, a length of eight and a masking key. */
    public static final int MAX_HEADER_BYTES = 14;

    /** The bit that ends a message. */
    public static final int FINAL = 0x80;

    /** The bit that says that a message is compressed (RSV1, RFC 7692 section 6). */
    public static final int COMPRESSED = 0x40;

    private static final int MASKED = 0x80;
    private static final int LENGTH_IN_2_BYTES = 126;
    private static final int LENGTH_IN_8_BYTES = 127;

    private FrameEncoder() {}

    /** The length of the unmasked header in front of a payload of that length; a masking key takes 4 bytes more. */
    public static int headerLength(int payloadLength) {
        return payloadLength < LENGTH_IN_2_BYTES ? 2 : payloadLength <= 0xFFFF ? 4 : 10;
    }

    /**
     * Writes a header as a server sends it.
     *
     * @param out borrowed: has room for {@link #headerLength}
     */
    public static void writeHeader(ByteBuf out, int firstByte, int payloadLength) {
        writeHeader(out, firstByte, payloadLength, 0);
    }

    /**
     * Writes a header as a client sends it, with the masking key in the end.
     *
     * @param out borrowed: has room for {@link #headerLength} and 4 bytes
     */
    public static void writeMaskedHeader(ByteBuf out, int firstByte, int payloadLength, int maskingKey) {
        writeHeader(out, firstByte, payloadLength, MASKED);
        out.writeInt(maskingKey);
    }

    private static void writeHeader(ByteBuf out, int firstByte, int length, int masked) {
        out.writeByte(firstByte);
        switch (headerLength(length)) {
            case 2 -> out.writeByte(masked | length);
            case 4 -> out.writeByte(masked | LENGTH_IN_2_BYTES).writeShort(length);
            default -> out.writeByte(masked | LENGTH_IN_8_BYTES).writeLong(length);
        }
    }

    /**
     * The payload of a ping or pong, checked and copied.
     *
     * @throws IllegalArgumentException if it is longer than {@link #MAX_CONTROL_PAYLOAD}
     */
    public static ByteBuffer controlPayload(Opcode opcode, ByteBuffer payload) {
        int length = payload.remaining();
        if (length > MAX_CONTROL_PAYLOAD) {
            throw new IllegalArgumentException(
                    opcode + " payload of " + length + " bytes (expected: at most " + MAX_CONTROL_PAYLOAD + ")");
        }
        return ByteBuffer.allocate(length).put(payload.duplicate()).flip();
    }

    /**
     * The payload of a close frame.
     *
     * @throws IllegalArgumentException if the code must not be sent, or the reason is longer than 123 bytes of UTF-8
     */
    public static ByteBuffer closePayload(int code, String reason) {
        return ClosePayload.encode(code, reason);
    }
}

package io.parley.websocket.frame;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * Makes frames as a server sends them, unmasked and unfragmented (RFC 6455 section 5.2).
 *
 * <p><b>Threading.</b> Without state.
 */
public final class FrameEncoder {

    /** The longest payload of a ping, pong or close frame (RFC 6455 section 5.5). */
    public static final int MAX_CONTROL_PAYLOAD = 125;

    /** The longest header: two bytes and a length of eight. */
    public static final int MAX_HEADER_BYTES = 10;

    private static final int FINAL = 0x80;
    private static final int LENGTH_IN_2_BYTES = 126;
    private static final int LENGTH_IN_8_BYTES = 127;

    private FrameEncoder() {}

    /** The length of the header in front of a payload of that length. */
    public static int headerLength(int payloadLength) {
        return payloadLength < LENGTH_IN_2_BYTES ? 2 : payloadLength <= 0xFFFF ? 4 : MAX_HEADER_BYTES;
    }

    /**
     * Writes the header of a text message.
     *
     * @param out borrowed: has room for {@link #headerLength}
     */
    public static void writeTextHeader(ByteBuf out, int payloadLength) {
        writeHeader(out, Opcode.TEXT, payloadLength);
    }

    /**
     * Writes the header of a binary message.
     *
     * @param out borrowed: has room for {@link #headerLength}
     */
    public static void writeBinaryHeader(ByteBuf out, int payloadLength) {
        writeHeader(out, Opcode.BINARY, payloadLength);
    }

    /**
     * A ping.
     *
     * @throws IllegalArgumentException if the payload is longer than {@link #MAX_CONTROL_PAYLOAD}
     */
    public static ByteBuffer ping(ByteBuffer payload) {
        return control(Opcode.PING, payload);
    }

    /**
     * A pong.
     *
     * @throws IllegalArgumentException if the payload is longer than {@link #MAX_CONTROL_PAYLOAD}
     */
    public static ByteBuffer pong(ByteBuffer payload) {
        return control(Opcode.PONG, payload);
    }

    /** A close frame without a code. */
    public static ByteBuffer close() {
        return control(Opcode.CLOSE, ByteBuffer.allocate(0));
    }

    /**
     * A close frame.
     *
     * @throws IllegalArgumentException if the code must not be sent, or the reason is longer than 123 bytes of UTF-8
     */
    public static ByteBuffer close(int code, String reason) {
        return control(Opcode.CLOSE, ClosePayload.encode(code, reason));
    }

    private static ByteBuffer control(Opcode opcode, ByteBuffer payload) {
        int length = payload.remaining();
        if (length > MAX_CONTROL_PAYLOAD) {
            throw new IllegalArgumentException(
                    opcode + " payload of " + length + " bytes (expected: at most " + MAX_CONTROL_PAYLOAD + ")");
        }
        return ByteBuffer.allocate(2 + length)
                .put((byte) (FINAL | opcode.code()))
                .put((byte) length)
                .put(payload.duplicate())
                .flip();
    }

    private static void writeHeader(ByteBuf out, Opcode opcode, int length) {
        out.writeByte(FINAL | opcode.code());
        switch (headerLength(length)) {
            case 2 -> out.writeByte(length);
            case 4 -> out.writeByte(LENGTH_IN_2_BYTES).writeShort(length);
            default -> out.writeByte(LENGTH_IN_8_BYTES).writeLong(length);
        }
    }
}

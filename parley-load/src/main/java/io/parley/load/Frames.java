package io.parley.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;

/** Whole frames as a client sends them (RFC 6455 section 5.2). */
final class Frames {

    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int PONG = 10;

    private static final int FINAL = 0x80;
    private static final int COMPRESSED = 0x40;
    private static final int MASKED = 0x80;
    private static final int MASK = 0x3D7A1C59; // of control packets, where it does not matter

    private Frames() {}

    /** The bytes before the payload. */
    static int headerBytes(int payloadBytes) {
        return payloadBytes < 126 ? 6 : payloadBytes <= 0xFFFF ? 8 : 14;
    }

    /** A frame, compressed if the payload is. */
    static byte[] frame(int opcode, boolean compressed, byte[] payload, int mask) {
        byte[] frame = new byte[headerBytes(payload.length) + payload.length];
        frame[0] = (byte) (FINAL | (compressed ? COMPRESSED : 0) | opcode);
        int at = 2;
        if (payload.length < 126) {
            frame[1] = (byte) (MASKED | payload.length);
        } else if (payload.length <= 0xFFFF) {
            frame[1] = (byte) (MASKED | 126);
            at = putBytes(frame, at, payload.length, 2);
        } else {
            frame[1] = (byte) (MASKED | 127);
            at = putBytes(frame, at, payload.length, 8);
        }
        at = putBytes(frame, at, mask & 0xFFFFFFFFL, 4);
        for (int i = 0; i < payload.length; i++) {
            frame[at + i] = (byte) (payload[i] ^ maskByte(mask, i));
        }
        return frame;
    }

    private static int putBytes(byte[] frame, int at, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            frame[at + i] = (byte) (value >>> (8 * (bytes - 1 - i)));
        }
        return at + bytes;
    }

    /** What the byte at {@code position} of a payload is masked by. */
    static int maskByte(int mask, int position) {
        return (mask >>> (24 - (position & 3) * 8)) & 0xFF;
    }

    /** A text frame. */
    static byte[] text(String text) {
        return frame(TEXT, false, text.getBytes(UTF_8), MASK);
    }

    /** The answer to a ping. Borrowed: no index moves. */
    static byte[] pong(ByteBuf in, int index, int length) {
        byte[] payload = new byte[length];
        in.getBytes(index, payload);
        return frame(PONG, false, payload, MASK);
    }
}

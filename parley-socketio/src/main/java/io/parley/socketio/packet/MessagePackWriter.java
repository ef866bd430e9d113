package io.parley.socketio.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes MessagePack the way the official parser does (notepack.io 2.2): each integer in its shortest form, every other
 * number as a 64-bit float, a date and {@code undefined} as extensions of type 0.
 *
 * <p><b>Threading.</b> Confined to one call.
 */
final class MessagePackWriter {

    private static final int MAX_HEADER = 10;

    private byte[] bytes;
    private int size;

    /** A writer with room for about {@code length} bytes. */
    MessagePackWriter(int length) {
        bytes = new byte[length + MAX_HEADER];
    }

    /** What was written. The writer must not be used any more. */
    ByteBuffer toBuffer() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    void writeNil() {
        begin(0);
        put(0xc0);
    }

    void writeBoolean(boolean value) {
        begin(0);
        put(value ? 0xc3 : 0xc2);
    }

    void writeInteger(long value) {
        begin(0);
        if (value >= -0x20 && value < 0x80) {
            put((int) value);
        } else if (value >= 0) {
            putUnsigned(value);
        } else {
            putSigned(value);
        }
    }

    private void putUnsigned(long value) {
        if (value < 0x100) {
            put(0xcc, value, 1);
        } else if (value < 0x1_0000) {
            put(0xcd, value, 2);
        } else if (value < 0x1_0000_0000L) {
            put(0xce, value, 4);
        } else {
            put(0xcf, value, 8);
        }
    }

    private void putSigned(long value) {
        if (value >= Byte.MIN_VALUE) {
            put(0xd0, value, 1);
        } else if (value >= Short.MIN_VALUE) {
            put(0xd1, value, 2);
        } else if (value >= Integer.MIN_VALUE) {
            put(0xd2, value, 4);
        } else {
            put(0xd3, value, 8);
        }
    }

    /** JavaScript knows one kind of number, so one without a fraction is an integer. */
    void writeNumber(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 0x1p63) {
            writeInteger((long) value);
        } else {
            begin(0);
            put(0xcb, Double.doubleToLongBits(value), 8);
        }
    }

    /** Half a surrogate pair, which UTF-8 has no form for, becomes U+FFFD. */
    void writeString(String text) {
        int length = utf8Length(text);
        begin(length);
        if (length < 0x20) {
            put(0xa0 | length);
        } else {
            putLength(0xd9, length);
        }
        if (length == text.length()) {
            for (int i = 0; i < length; i++) {
                bytes[size++] = (byte) text.charAt(i);
            }
        } else {
            putUtf8(text);
        }
    }

    private static int utf8Length(String text) {
        int length = text.length();
        long sum = length;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                boolean pair = isPair(text, i);
                sum += c < 0x800 ? 1 : 2; // a pair has 4 bytes, 2 for each half
                i += pair ? 1 : 0;
            }
        }
        return Math.toIntExact(sum);
    }

    private static boolean isPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    private void putUtf8(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                put(c);
            } else if (c < 0x800) {
                put(0xc0 | (c >> 6));
                put(0x80 | (c & 0x3f));
            } else if (isPair(text, i)) {
                putPair(text.codePointAt(i));
                i++;
            } else {
                putThree(Character.isSurrogate(c) ? 0xfffd : c);
            }
        }
    }

    private void putThree(int c) {
        put(0xe0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3f));
        put(0x80 | (c & 0x3f));
    }

    private void putPair(int codePoint) {
        put(0xf0 | (codePoint >> 18));
        put(0x80 | ((codePoint >> 12) & 0x3f));
        put(0x80 | ((codePoint >> 6) & 0x3f));
        put(0x80 | (codePoint & 0x3f));
    }

    void writeBinary(ByteBuffer value) {
        begin(value.remaining());
        putLength(0xc4, value.remaining());
        copy(value);
    }

    /** An instant as JavaScript's {@code Date}, in milliseconds since 1970. */
    void writeDate(long millis) {
        begin(0);
        put(0xd7);
        put(0, millis, 8);
    }

    /** Begins an array; its elements follow. */
    void writeArray(int count) {
        writeContainer(0x90, 0xdc, count);
    }

    /** Begins a map; a key and a value for each of its entries follow. */
    void writeMap(int count) {
        writeContainer(0x80, 0xde, count);
    }

    private void writeContainer(int fixed, int counted, int count) {
        begin(0);
        if (count < 0x10) {
            put(fixed | count);
        } else if (count < 0x1_0000) {
            put(counted, count, 2);
        } else {
            put(counted + 1, count, 4);
        }
    }

    /** A value that is MessagePack already. */
    void writeRaw(ByteBuffer value) {
        begin(value.remaining());
        copy(value);
    }

    private void copy(ByteBuffer value) {
        int length = value.remaining();
        value.duplicate().get(bytes, size, length);
        size += length;
    }

    /** Makes room for a header and {@code length} bytes. */
    private void begin(int length) {
        int needed = Math.addExact(size + MAX_HEADER, length);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * bytes.length)));
        }
    }

    private void put(int b) {
        bytes[size++] = (byte) b;
    }

    /** The prefix of 8, 16 or 32 bits of length. */
    private void putLength(int prefix, int length) {
        if (length < 0x100) {
            put(prefix, length, 1);
        } else if (length < 0x1_0000) {
            put(prefix + 1, length, 2);
        } else {
            put(prefix + 2, length, 4);
        }
    }

    private void put(int prefix, long value, int width) {
        put(prefix);
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
            put((int) (value >> shift));
        }
    }
}

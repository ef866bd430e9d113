package io.parley.socketio.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Steps through MessagePack bytes, value by value, in the dialect of the official parser (notepack.io 2.2). Nothing is
 * copied, and no length is believed that the bytes there are could not hold.
 *
 * <p><b>Threading.</b> Confined to one call.
 */
final class MessagePackCursor {

    private static final long MAX_DATE_MILLIS = 8_640_000_000_000_000L; // of JavaScript's Date
    private static final long UINT = 0xffff_ffffL;

    private final ByteBuffer bytes; // big-endian, from 0 to its limit
    private int at;
    private MessagePackType type = MessagePackType.NIL;
    private int content; // where the bytes of a string, binary value or extension begin
    private int length; // of them; of an array its elements, of a map its entries
    private long integer;
    private double number;
    private int extension; // its type

    /** A cursor before the value at {@code at}. */
    MessagePackCursor(ByteBuffer bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /** Where the next value begins. */
    int at() {
        return at;
    }

    /** What was read last. */
    MessagePackType type() {
        return type;
    }

    /** How many elements the array, or entries the map has that was read last. */
    int count() {
        return length;
    }

    /** Whether the date that was read last is one that JavaScript has. */
    boolean isValidDate() {
        return Math.abs(integer) <= MAX_DATE_MILLIS;
    }

    Instant date() {
        return Instant.ofEpochMilli(integer);
    }

    boolean bool() {
        return integer != 0;
    }

    int extensionType() {
        return extension;
    }

    /** The number that was read last: a {@link Long} or a {@link Double}. */
    Number number() {
        if (type == MessagePackType.INTEGER) {
            return integer;
        }
        return number;
    }

    /** The string that was read last. What is no UTF-8 in it becomes U+FFFD, as in JavaScript. */
    String string() {
        byte[] utf8 = new byte[length];
        bytes.get(content, utf8);
        return new String(utf8, UTF_8);
    }

    /** The bytes of the binary value or extension that was read last, read-only. */
    ByteBuffer binary() {
        return bytes.slice(content, length).asReadOnlyBuffer();
    }

    /**
     * Reads the value at {@link #at} and moves behind it; of an array or map, to its first element.
     *
     * @throws PacketException if it is none, or if the bytes end before it does
     */
    MessagePackType next() {
        int prefix = (int) take(1);
        if (prefix < 0x80) {
            return integer(prefix);
        }
        if (prefix >= 0xe0) {
            return integer(prefix - 0x100);
        }
        if (prefix >= 0xc0) {
            return readPrefixed(prefix);
        }
        if (prefix >= 0xa0) {
            return content(MessagePackType.STRING, prefix & 0x1f);
        }
        return prefix >= 0x90
                ? container(MessagePackType.ARRAY, prefix & 0xf)
                : container(MessagePackType.MAP, prefix & 0xf);
    }

    private MessagePackType readPrefixed(int prefix) {
        return switch (prefix) {
            case 0xc0 -> is(MessagePackType.NIL);
            case 0xc2, 0xc3 -> bool(prefix == 0xc3);
            case 0xc4, 0xc5, 0xc6 -> content(MessagePackType.BINARY, take(1 << (prefix - 0xc4)));
            case 0xc7, 0xc8, 0xc9 -> extension(take(1 << (prefix - 0xc7)));
            case 0xca -> number(Float.intBitsToFloat((int) take(4)));
            case 0xcb -> number(Double.longBitsToDouble(take(8)));
            case 0xcc, 0xcd, 0xce -> integer(take(1 << (prefix - 0xcc)));
            case 0xcf -> unsigned(take(8));
            case 0xd0, 0xd1, 0xd2, 0xd3 -> integer(signed(1 << (prefix - 0xd0)));
            case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> fixedExtension(1 << (prefix - 0xd4));
            case 0xd9, 0xda, 0xdb -> content(MessagePackType.STRING, take(1 << (prefix - 0xd9)));
            case 0xdc -> container(MessagePackType.ARRAY, take(2));
            case 0xdd -> container(MessagePackType.ARRAY, take(4));
            case 0xde -> container(MessagePackType.MAP, take(2));
            case 0xdf -> container(MessagePackType.MAP, take(4));
            default -> throw error("Byte 0xc1 (expected: a MessagePack value)");
        };
    }

    private MessagePackType is(MessagePackType what) {
        type = what;
        return what;
    }

    private MessagePackType bool(boolean value) {
        integer = value ? 1 : 0;
        return is(MessagePackType.BOOLEAN);
    }

    private MessagePackType integer(long value) {
        integer = value;
        return is(MessagePackType.INTEGER);
    }

    private MessagePackType unsigned(long value) {
        return value >= 0 ? integer(value) : number((value >>> 1) * 2.0);
    }

    private MessagePackType number(double value) {
        number = value;
        return is(MessagePackType.FLOAT);
    }

    /** Those of type 0 are the dialect's own; so long an ArrayBuffer or typed array. */
    private MessagePackType extension(long size) {
        extension = (byte) take(1);
        return content(extension == 0 ? MessagePackType.BINARY : MessagePackType.EXTENSION, size);
    }

    private MessagePackType fixedExtension(int size) {
        extension = (byte) take(1);
        content(MessagePackType.EXTENSION, size);
        if (extension == 0 && size == 8) {
            integer = bytes.getLong(content);
            return is(MessagePackType.DATE);
        }
        return extension == 0 && size == 1 ? is(MessagePackType.UNDEFINED) : MessagePackType.EXTENSION;
    }

    private MessagePackType content(MessagePackType what, long size) {
        require(size);
        content = at;
        length = (int) size;
        at += length;
        return is(what);
    }

    private MessagePackType container(MessagePackType what, long count) {
        require(what == MessagePackType.MAP ? 2 * count : count); // each element has a byte at least
        length = (int) count;
        return is(what);
    }

    /** The next 1, 2, 4 or 8 bytes; without a sign, but for 8. */
    private long take(int width) {
        require(width);
        int start = at;
        at += width;
        return switch (width) {
            case 1 -> bytes.get(start) & 0xff;
            case 2 -> bytes.getShort(start) & 0xffff;
            case 4 -> bytes.getInt(start) & UINT;
            default -> bytes.getLong(start);
        };
    }

    private long signed(int width) {
        int unused = Long.SIZE - Byte.SIZE * width;
        return take(width) << unused >> unused;
    }

    private void require(long size) {
        int left = bytes.limit() - at;
        if (size > left) {
            throw error("MessagePack that ends " + (size - left) + " bytes before its value does");
        }
    }

    private PacketException error(String problem) {
        return PacketException.in(bytes, problem + " at " + at);
    }
}

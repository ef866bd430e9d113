package io.parley.bench.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What is encoded and decoded: as many messages as one read brings, and their frames as a client sends them.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
final class Sample {

    private static final int READ_BYTES = 64 * 1024; // at most, of a large message
    private static final int MASK = 0x37FA213D;

    private final String name;
    private final boolean text;
    private final int count;
    private final byte[] payload;

    private Sample(String name, boolean text, int count, byte[] payload) {
        this.name = name;
        this.text = text;
        this.count = count;
        this.payload = payload;
    }

    /** One of {@code text-64}, {@code text-1k}, {@code utf8-1k}, {@code binary-1m}. */
    static Sample of(String name) {
        return switch (name) {
            case "text-64" -> new Sample(name, true, 16, text(64, 0));
            case "text-1k" -> new Sample(name, true, 8, text(1024, 0));
            case "utf8-1k" -> new Sample(name, true, 8, text(1024, 10));
            case "binary-1m" -> new Sample(name, false, 1, text(1024 * 1024, 0));
            default -> throw new IllegalArgumentException("Sample " + name);
        };
    }

    boolean isText() {
        return text;
    }

    int count() {
        return count;
    }

    byte[] payload() {
        return payload;
    }

    String string() {
        return new String(payload, UTF_8);
    }

    /** The frames of all messages, in pieces as they are read from a network. Given. */
    List<ByteBuf> reads() {
        ByteBuf wire = PooledByteBufAllocator.DEFAULT.directBuffer();
        for (int i = 0; i < count; i++) {
            writeFrame(wire);
        }
        List<ByteBuf> reads = new ArrayList<>();
        while (wire.isReadable()) {
            reads.add(wire.readRetainedSlice(Math.min(READ_BYTES, wire.readableBytes())));
        }
        wire.release();
        return reads;
    }

    private void writeFrame(ByteBuf out) {
        out.writeByte(0x80 | (text ? 1 : 2));
        if (payload.length < 126) {
            out.writeByte(0x80 | payload.length);
        } else if (payload.length <= 0xFFFF) {
            out.writeByte(0x80 | 126).writeShort(payload.length);
        } else {
            out.writeByte(0x80 | 127).writeLong(payload.length);
        }
        out.writeInt(MASK);
        for (int i = 0; i < payload.length; i++) {
            out.writeByte(payload[i] ^ (MASK >> (24 - i % 4 * 8)));
        }
    }

    /** Letters, and after every {@code other} of them one with two bytes; none for 0. */
    private static byte[] text(int bytes, int other) {
        Random random = new Random(bytes);
        StringBuilder text = new StringBuilder();
        for (int length = 0, letters = 1; length < bytes; letters++) {
            boolean wide = other > 0 && letters % other == 0 && length + 2 <= bytes;
            text.append((char) ((wide ? 'à' : 'a') + random.nextInt(26)));
            length += wide ? 2 : 1;
        }
        return text.toString().getBytes(UTF_8);
    }

    @Override
    public String toString() {
        return count + " × " + name;
    }
}

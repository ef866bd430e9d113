package io.parley.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The messages that clients send: a row of different ones, framed and masked, and compressed where that is wanted,
 * before anything is measured. To send some is to write one slice.
 *
 * <p>The content is words, as it is in chats: it compresses to about a third, and not to nothing.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class Messages {

    private static final int TOTAL_BYTES = 4 * 1024 * 1024;
    private static final int MAX_COUNT = 1024; // of 64 B they exceed the window of 32 KiB: none is a copy of one before
    private static final int WORDS = 500;
    private static final int FINAL = 0x80;
    private static final int COMPRESSED = 0x40;
    private static final int MASKED = 0x80;

    private final int payloadBytes;
    private final boolean text;
    private final boolean compressed;
    private final List<byte[]> payloads = new ArrayList<>();
    private final ByteBuffer frames;
    private final int[] starts; // of each frame, and the end of the last

    private Messages(boolean text, int payloadBytes, boolean compressed) {
        this.text = text;
        this.payloadBytes = payloadBytes;
        this.compressed = compressed;
        Random random = new Random(payloadBytes);
        String[] words = words(random);
        int count = Math.min(MAX_COUNT, TOTAL_BYTES / payloadBytes);
        starts = new int[count + 1];
        List<byte[]> wire = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] payload = payload(random, words);
            payloads.add(payload);
            byte[] frame = frame(compressed ? Deflated.deflate(payload) : payload, random.nextInt());
            wire.add(frame);
            starts[i + 1] = starts[i] + frame.length;
        }
        ByteBuffer all = ByteBuffer.allocateDirect(starts[count]);
        wire.forEach(all::put);
        frames = all.flip().asReadOnlyBuffer();
    }

    /** Text messages of that length. */
    public static Messages text(int payloadBytes, boolean compressed) {
        return new Messages(true, payloadBytes, compressed);
    }

    /** Binary messages of that length. */
    public static Messages binary(int payloadBytes, boolean compressed) {
        return new Messages(false, payloadBytes, compressed);
    }

    boolean isText() {
        return text;
    }

    boolean areCompressed() {
        return compressed;
    }

    int count() {
        return payloads.size();
    }

    byte[] payload(int index) {
        return payloads.get(index);
    }

    /** The frames of {@code count} messages in a row, from the one at {@code first} on. */
    ByteBuffer frames(int first, int count) {
        return frames.duplicate().position(starts[first]).limit(starts[first + count]);
    }

    private byte[] payload(Random random, String[] words) {
        StringBuilder content = new StringBuilder(payloadBytes + 16);
        while (content.length() < payloadBytes) {
            content.append(words[random.nextInt(words.length)]).append(' ');
        }
        content.setLength(payloadBytes);
        return content.toString().getBytes(US_ASCII);
    }

    private static String[] words(Random random) {
        String[] words = new String[WORDS];
        for (int i = 0; i < WORDS; i++) {
            StringBuilder word = new StringBuilder();
            for (int length = 2 + random.nextInt(9); length > 0; length--) {
                word.append((char) ('a' + random.nextInt(26)));
            }
            words[i] = word.toString();
        }
        return words;
    }

    /** One whole frame as a client sends it (RFC 6455 section 5.2). */
    private byte[] frame(byte[] payload, int mask) {
        ByteBuffer out = ByteBuffer.allocate(14 + payload.length);
        out.put((byte) (FINAL | (compressed ? COMPRESSED : 0) | (text ? 1 : 2)));
        if (payload.length < 126) {
            out.put((byte) (MASKED | payload.length));
        } else if (payload.length <= 0xFFFF) {
            out.put((byte) (MASKED | 126)).putShort((short) payload.length);
        } else {
            out.put((byte) (MASKED | 127)).putLong(payload.length);
        }
        out.putInt(mask);
        for (int i = 0; i < payload.length; i++) {
            out.put((byte) (payload[i] ^ (mask >> (24 - i % 4 * 8))));
        }
        byte[] frame = new byte[out.flip().remaining()];
        out.get(frame);
        return frame;
    }
}

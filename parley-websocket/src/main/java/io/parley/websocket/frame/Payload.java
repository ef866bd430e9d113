package io.parley.websocket.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import io.parley.websocket.CloseCode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one message or control frame while they arrive: unmasked and, when they are text, checked as soon as
 * they are there.
 *
 * <p>Room is made for what has come and at most three times more, whatever a header announces: a peer pays for the memory
 * with bytes.
 *
 * <p><b>Threading.</b> Confined to its decoder.
 */
final class Payload {

    static final int SCRATCH_BYTES = 16 * 1024;

    private static final byte[] NOTHING = {};
    private static final int MIN_CAPACITY = 256;
    private static final char REPLACEMENT = '\uFFFD';

    /** Where a text that comes in one piece is unmasked: an array of its own would be garbage as soon as it is decoded. */
    private static final FastThreadLocal<byte[]> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[SCRATCH_BYTES];
        }
    };

    private final boolean text;
    private byte[] bytes = NOTHING;
    private int length;
    private int limit; // the length in the end, as far as it is known: room beyond it is never needed
    private boolean limitIsEnd; // it is known exactly
    private @Nullable Utf8Validator validator; // non-null from the first piece on that is not ASCII, but for the last
    private boolean unchecked; // the last piece is not ASCII, and the first that is not
    private @Nullable String wholeText; // non-null once a text has come in one piece

    Payload(boolean text) {
        this.text = text;
    }

    int length() {
        return length;
    }

    /** Says how long this will be at most in the end. */
    void limit(int bytesAtMost) {
        limit = bytesAtMost;
        limitIsEnd = false;
    }

    /** Says how long this will be in the end. */
    void endsAt(int bytes) {
        limit = bytes;
        limitIsEnd = true;
    }

    /**
     * Takes over the next bytes.
     *
     * @param in borrowed: {@code count} bytes are read
     * @param mask for the first of them, 0 for none
     * @throws FrameException with {@link CloseCode#INVALID_PAYLOAD} if this is text and they are not UTF-8
     */
    void append(ByteBuf in, int count, int mask) {
        if (text && length == 0 && limitIsEnd && count == limit && count <= SCRATCH_BYTES) {
            takeWhole(in, count, mask);
            return;
        }
        makeRoom(length + count);
        in.readBytes(bytes, length, count);
        take(count, mask);
    }

    /**
     * Takes over the next bytes, which are not masked.
     *
     * @param more borrowed
     * @throws FrameException as above
     */
    void append(byte[] more, int from, int count) {
        makeRoom(length + count);
        System.arraycopy(more, from, bytes, length, count);
        take(count, 0);
    }

    private void takeWhole(ByteBuf in, int count, int mask) {
        byte[] scratch = SCRATCH.get();
        in.readBytes(scratch, 0, count);
        boolean ascii = Masking.apply(scratch, 0, count, mask);
        wholeText = decode(scratch, count, ascii);
        length = count;
        if (!ascii) {
            checkDecoded(wholeText, scratch);
        }
    }

    private void take(int count, int mask) {
        boolean ascii = Masking.apply(bytes, length, count, mask);
        length += count;
        if (!text || (ascii && validator == null)) {
            return;
        }
        if (validator == null && limitIsEnd && length == limit) {
            unchecked = true;
        } else {
            check(length - count, length);
        }
    }

    /** The text, now that all of it is there. */
    String text() {
        if (wholeText != null) {
            return wholeText;
        }
        if (validator != null) {
            checkEnd(validator);
        }
        String decoded = decode(bytes, length, validator == null && !unchecked);
        if (unchecked) {
            checkDecoded(decoded, bytes);
        }
        return decoded;
    }

    /** ASCII is copied; of anything else the decoder would look for the first byte that is not, which is known already. */
    private static String decode(byte[] utf8, int length, boolean ascii) {
        return new String(utf8, 0, length, ascii ? ISO_8859_1 : UTF_8);
    }

    /**
     * Most texts come in one piece. Then the JDK's decoder, several times faster than a validator that remembers where
     * it is, has looked at every byte already: what is wrong has become this character. It may also have been sent.
     */
    private void checkDecoded(String decoded, byte[] utf8) {
        if (decoded.indexOf(REPLACEMENT) >= 0) {
            validator = new Utf8Validator();
            check(validator, utf8, 0, length, 0);
            checkEnd(validator);
        }
    }

    /** The bytes, now that all of them are there; not to be used by this object any more. */
    ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private void makeRoom(int needed) {
        if (needed > bytes.length) {
            int generous = Math.max(MIN_CAPACITY, (int) Math.min(Integer.MAX_VALUE, 4L * needed));
            bytes = Arrays.copyOf(bytes, Math.min(limit, generous));
        }
    }

    private void check(int from, int to) {
        if (validator == null) {
            validator = new Utf8Validator();
        }
        check(validator, bytes, from, to, 0);
    }

    /**
     * Checks the next bytes of a text.
     *
     * @param before how many came before the first in the array
     * @throws FrameException if they cannot be
     */
    static void check(Utf8Validator validator, byte[] bytes, int from, int to, long before) {
        int bad = validator.check(bytes, from, to);
        if (bad >= 0) {
            throw new FrameException(
                            CloseCode.INVALID_PAYLOAD,
                            String.format("Text with byte 0x%02x at %d (expected: UTF-8)", bytes[bad], before + bad))
                    .in(ByteBuffer.wrap(bytes, from, to - from));
        }
    }

    /** @throws FrameException if the text cannot end here */
    static void checkEnd(Utf8Validator validator) {
        if (!validator.isComplete()) {
            throw new FrameException(
                    CloseCode.INVALID_PAYLOAD, "Text ends inside a character (expected: complete UTF-8)");
        }
    }
}

package io.parley.bench.load;

import java.nio.ByteBuffer;

/**
 * Counts the messages in what a server sends, without looking at them.
 *
 * <p><b>Threading.</b> Confined to the thread of its connection.
 */
final class FrameCounter {

    private static final int FINAL = 0x80;
    private static final int CONTROL = 0x08;
    private static final int CLOSE = 0x08;
    private static final int OPCODE = 0x0F;
    private static final int MASKED = 0x80;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;

    private int headerBytes; // of the header under way
    private int first; // its first byte
    private int second;
    private long length;
    private long missing; // payload bytes of the frame under way

    /**
     * Reads all of {@code in}.
     *
     * @return how many messages ended in it
     * @throws IllegalStateException if the server closes
     */
    int count(ByteBuffer in) {
        int messages = 0;
        while (in.hasRemaining()) {
            if (missing == 0 && !readHeader(in)) {
                return messages;
            }
            int skipped = (int) Math.min(missing, in.remaining());
            in.position(in.position() + skipped);
            missing -= skipped;
            if (missing == 0 && endsMessage()) {
                messages++;
            }
        }
        return messages;
    }

    private boolean endsMessage() {
        return (first & FINAL) != 0 && (first & CONTROL) == 0;
    }

    /** Whether the header is complete; what is there of it is remembered. */
    private boolean readHeader(ByteBuffer in) {
        while (in.hasRemaining()) {
            add(in.get() & 0xFF);
            if (headerBytes >= 2 && headerBytes == headerLength()) {
                headerBytes = 0;
                missing = length;
                check();
                return true;
            }
        }
        return false;
    }

    private void add(int next) {
        switch (headerBytes++) {
            case 0 -> first = next;
            case 1 -> {
                second = next;
                length = next < SHORT_LENGTH ? next : 0;
            }
            default -> length = length << 8 | next;
        }
    }

    private int headerLength() {
        return second == SHORT_LENGTH ? 4 : second == LONG_LENGTH ? 10 : 2;
    }

    private void check() {
        if ((first & OPCODE) == CLOSE) {
            throw new IllegalStateException("The server sent a close frame (expected: messages)");
        }
        if ((second & MASKED) != 0) {
            throw new IllegalStateException("The server sent a masked frame (expected: an unmasked one)");
        }
    }
}

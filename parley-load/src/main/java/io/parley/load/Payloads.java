package io.parley.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * The contents of messages: a row of different ones. A message has that of its number.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class Payloads {

    private static final int TOTAL_BYTES = 4 * 1024 * 1024;
    private static final int MAX_COUNT = 1024; // of 64 B they exceed a window of 32 KiB: none is a copy of one before
    private static final int MIN_COUNT = 2;

    private final byte[][] payloads;
    private final ByteBuf[] buffers;
    private final int[] masks;

    Payloads(int bytes) {
        int count = Math.max(MIN_COUNT, Math.min(MAX_COUNT, TOTAL_BYTES / bytes));
        Words words = new Words(bytes);
        payloads = new byte[count][];
        buffers = new ByteBuf[count];
        masks = new int[count];
        for (int i = 0; i < count; i++) {
            payloads[i] = words.payload(bytes);
            Arrays.fill(payloads[i], 0, Numbers.DIGITS, (byte) '0');
            buffers[i] = Unpooled.wrappedBuffer(payloads[i]);
            masks[i] = words.mask();
        }
    }

    int count() {
        return payloads.length;
    }

    int indexOf(int number) {
        return Integer.remainderUnsigned(number, payloads.length);
    }

    byte[] payload(int index) {
        return payloads[index];
    }

    /** A mask for that payload. */
    int mask(int index) {
        return masks[index];
    }

    int bytes() {
        return payloads[0].length;
    }

    /** Whether what stands at {@code index} is the payload with that number, but for the number. */
    boolean matches(int number, ByteBuf in, int index) {
        return ByteBufUtil.equals(
                buffers[indexOf(number)], Numbers.DIGITS, in, index + Numbers.DIGITS, bytes() - Numbers.DIGITS);
    }

    /** Whether it is one of the payloads, number and all. */
    boolean contains(byte[] payload) {
        for (byte[] one : payloads) {
            if (Arrays.equals(one, payload)) {
                return true;
            }
        }
        return false;
    }
}

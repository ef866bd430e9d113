package io.parley.websocket.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks UTF-8 that arrives in pieces cut anywhere (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
 * A bad byte is found as soon as it is there, not at the end of its character.
 *
 * <p><b>Threading.</b> Confined to its decoder.
 */
public final class Utf8Validator {

    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final int CONTINUATION_MIN = 0x80;
    private static final int CONTINUATION_MAX = 0xBF;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private int missing; // continuation bytes that the character under way still needs
    private int min = CONTINUATION_MIN; // the range of the next of them
    private int max = CONTINUATION_MAX;

    /**
     * Checks the next bytes.
     *
     * @return the index of the first bad byte, or -1 when all are good
     */
    public int check(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int next = bytes[at];
            if (missing > 0) {
                if (!isExpected(next & 0xFF)) {
                    return at;
                }
                at++;
            } else if (next >= 0) {
                at = skipAscii(bytes, at, to);
            } else {
                int length = commonCharacter(bytes, at, to);
                if (length == 0 && !begins(next & 0xFF)) {
                    return at;
                }
                at += Math.max(1, length);
            }
        }
        return -1;
    }

    /** Whether the last character is complete. */
    public boolean isComplete() {
        return missing == 0;
    }

    private static int skipAscii(byte[] bytes, int from, int to) {
        int at = from;
        while (at <= to - Long.BYTES && ((long) LONG.get(bytes, at) & HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /** The length of the whole character there, if any continuation bytes may follow its first one; otherwise 0. */
    private static int commonCharacter(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xFF;
        if (first >= 0xC2 && first < 0xE0) {
            return at + 1 < to && isContinuation(bytes[at + 1]) ? 2 : 0;
        }
        if (first > 0xE0 && first < 0xF0 && first != 0xED) {
            return at + 2 < to && isContinuation(bytes[at + 1]) && isContinuation(bytes[at + 2]) ? 3 : 0;
        }
        return 0;
    }

    private static boolean isContinuation(byte next) {
        return next < (byte) 0xC0;
    }

    private boolean isExpected(int next) {
        boolean expected = next >= min && next <= max;
        missing--;
        min = CONTINUATION_MIN;
        max = CONTINUATION_MAX;
        return expected;
    }

    /** Whether a character of several bytes may begin with {@code first}; what must follow is remembered. */
    private boolean begins(int first) {
        if (first < 0xC2 || first > 0xF4) { // a continuation byte, an overlong form, or beyond U+10FFFF
            return false;
        }
        missing = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
        switch (first) {
            case 0xE0 -> min = 0xA0; // less would be overlong
            case 0xED -> max = 0x9F; // more would be a surrogate
            case 0xF0 -> min = 0x90; // less would be overlong
            case 0xF4 -> max = 0x8F; // more would be beyond U+10FFFF
            default -> {}
        }
        return true;
    }
}

package io.parley.load;

/** The number of a message: eight hexadecimal digits, read and written eight at once. */
final class Numbers {

    static final int DIGITS = 8;

    private static final long ONES = 0x0101010101010101L;
    private static final long NIBBLES = 0x0F * ONES;
    private static final long ZEROS = '0' * ONES;
    private static final int FROM_NINE_TO_A = 'a' - '9' - 1;

    private Numbers() {}

    /** The digits, the first in the highest byte. */
    static long digits(int number) {
        long spread = number & 0xFFFFFFFFL;
        spread = (spread | (spread << 16)) & 0x0000FFFF0000FFFFL;
        spread = (spread | (spread << 8)) & 0x00FF00FF00FF00FFL;
        spread = (spread | (spread << 4)) & NIBBLES;
        long letters = ((spread + 6 * ONES) >>> 4) & ONES;
        return spread + ZEROS + letters * FROM_NINE_TO_A;
    }

    /** The number of digits that {@link #digits} made; of any others it is one whose digits are different. */
    static int of(long digits) {
        long letters = (digits >>> 6) & ONES;
        long spread = ((digits & NIBBLES) + letters * 9) & NIBBLES;
        spread = (spread | (spread >>> 4)) & 0x00FF00FF00FF00FFL;
        spread = (spread | (spread >>> 8)) & 0x0000FFFF0000FFFFL;
        return (int) (spread | (spread >>> 16));
    }
}

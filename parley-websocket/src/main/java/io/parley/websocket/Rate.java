package io.parley.websocket;

/**
 * How much may happen: so much a second in the long run, and so much at once after a rest.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param perSecond in the long run, 1 or more
 * @param burst at once, 1 or more
 */
public record Rate(long perSecond, long burst) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one of them is below 1
     */
    public Rate {
        if (perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "rate: " + perSecond + " a second, burst: " + burst + " (expected: 1 or more each)");
        }
    }

    /** In words, for whoever exceeded it. */
    @Override
    public String toString() {
        return perSecond + " a second, " + burst + " at once";
    }
}

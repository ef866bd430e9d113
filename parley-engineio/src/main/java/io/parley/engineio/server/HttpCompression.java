package io.parley.engineio.server;

/**
 * How polling answers are compressed for clients that accept gzip or deflate (the official {@code httpCompression}).
 *
 * @param threshold the length in bytes from which on an answer is compressed, 0 or more
 * @param level how hard to try, 1 (fast) to 9 (small)
 */
public record HttpCompression(int threshold, int level) {

    /** The official defaults: from 1,024 bytes on, level 6. */
    public static final HttpCompression DEFAULT = new HttpCompression(1_024, 6);

    /** Checks both. */
    public HttpCompression {
        if (threshold < 0) {
            throw new IllegalArgumentException("threshold: " + threshold + " (expected: 0 or more)");
        }
        if (level < 1 || level > 9) {
            throw new IllegalArgumentException("level: " + level + " (expected: 1 to 9)");
        }
    }
}

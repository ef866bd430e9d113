package io.parley.load;

import java.time.Duration;

/** What a run may have at most. */
public final class Limits {

    /** Connections of one {@link Load}. */
    public static final int MAX_CONNECTIONS = 100_000;

    /** Connections that are being made at the same time. */
    public static final int MAX_CONNECTING = 10_000;

    /** Connections that are being made at the same time, unless something else is set. */
    public static final int DEFAULT_CONNECTING = 64;

    /** Messages a second of an open loop. */
    public static final int MAX_RATE = 10_000_000;

    /** Bytes of a payload: it begins with a number by which it is known again. */
    public static final int MIN_PAYLOAD_BYTES = 8;

    /** Bytes of a payload. */
    public static final int MAX_PAYLOAD_BYTES = 16 * 1024 * 1024;

    /** Messages of which an answer is missing. */
    public static final int MAX_UNDER_WAY = 1 << 20;

    /** Bytes of the messages of which an answer is missing. */
    public static final long MAX_BYTES_UNDER_WAY = 1L << 30;

    /** How long a run may take. */
    public static final Duration MAX_DURATION = Duration.ofHours(24);

    private Limits() {}

    /** The value, if it is in the range. */
    static int check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
        return value;
    }

    /** The value, if it is longer than nothing and no longer than {@link #MAX_DURATION}. */
    static Duration check(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(MAX_DURATION) > 0) {
            throw new IllegalArgumentException(
                    name + ": " + value + " (expected: more than none, at most " + MAX_DURATION + ")");
        }
        return value;
    }
}

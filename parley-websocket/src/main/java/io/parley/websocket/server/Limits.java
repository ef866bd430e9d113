package io.parley.websocket.server;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Checks the values of options. */
final class Limits {

    private Limits() {}

    static int range(String name, int value, int from, int to) {
        if (value < from || value > to) {
            String expected = to == Integer.MAX_VALUE ? from + " or more" : from + " to " + to;
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
        return value;
    }

    static Duration timeout(String name, Duration timeout) {
        requireNonNull(timeout, "timeout");
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException(name + ": " + timeout + " (expected: 1 ms or more)");
        }
        return timeout;
    }
}

package io.parley.socketio.adapter;

import java.time.Instant;
import java.time.InstantSource;

/** The time of day as it was when the process began, and what has passed since: it never jumps. */
final class SteadyClock implements InstantSource {

    static final InstantSource INSTANCE = new SteadyClock();

    private final Instant begin = Instant.now();
    private final long beginNanos = System.nanoTime();

    private SteadyClock() {}

    @Override
    public Instant instant() {
        return begin.plusNanos(System.nanoTime() - beginNanos);
    }

    @Override
    public long millis() {
        return begin.toEpochMilli() + (System.nanoTime() - beginNanos) / 1_000_000;
    }
}

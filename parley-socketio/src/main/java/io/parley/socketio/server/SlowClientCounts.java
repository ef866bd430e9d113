package io.parley.socketio.server;

import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How often what was done about slow clients.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class SlowClientCounts {

    private final @Nullable SlowClientCounts whole; // null: it is the whole
    private final LongAdder[] counts = Stream.generate(LongAdder::new)
            .limit(SlowClientAction.values().length)
            .toArray(LongAdder[]::new);

    /**
     * Counts from zero.
     *
     * @param whole what these are a part of; null when of nothing
     */
    SlowClientCounts(@Nullable SlowClientCounts whole) {
        this.whole = whole;
    }

    void add(SlowClientAction action) {
        counts[action.ordinal()].increment();
        if (whole != null) {
            whole.add(action);
        }
    }

    long sum(SlowClientAction action) {
        return counts[action.ordinal()].sum();
    }
}

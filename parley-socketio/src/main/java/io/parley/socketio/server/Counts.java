package io.parley.socketio.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How often what happened.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class Counts<K> {

    private final @Nullable Counts<K> whole; // null: it is the whole
    private final Map<K, LongAdder> counts = new ConcurrentHashMap<>(4); // what never happened is absent

    private Counts(@Nullable Counts<K> whole) {
        this.whole = whole;
    }

    static <K> Counts<K> ofAll() {
        return new Counts<>(null);
    }

    /** Others, whose counts are part of these. */
    Counts<K> part() {
        return new Counts<>(this);
    }

    void add(K kind) {
        counts.computeIfAbsent(kind, any -> new LongAdder()).increment();
        if (whole != null) {
            whole.add(kind);
        }
    }

    long sum(K kind) {
        LongAdder count = counts.get(kind);
        return count == null ? 0 : count.sum();
    }
}

package io.parley.socketio.server;

import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How often what happened.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class Counts<E extends Enum<E>> {

    private final Class<E> kinds;
    private final @Nullable Counts<E> whole; // null: it is the whole
    private final LongAdder[] counts;

    private Counts(Class<E> kinds, @Nullable Counts<E> whole) {
        this.kinds = kinds;
        this.whole = whole;
        counts = Stream.generate(LongAdder::new)
                .limit(kinds.getEnumConstants().length)
                .toArray(LongAdder[]::new);
    }

    static <E extends Enum<E>> Counts<E> of(Class<E> kinds) {
        return new Counts<>(kinds, null);
    }

    /** Others, whose counts are part of these. */
    Counts<E> part() {
        return new Counts<>(kinds, this);
    }

    void add(E kind) {
        counts[kind.ordinal()].increment();
        if (whole != null) {
            whole.add(kind);
        }
    }

    long sum(E kind) {
        return counts[kind.ordinal()].sum();
    }
}

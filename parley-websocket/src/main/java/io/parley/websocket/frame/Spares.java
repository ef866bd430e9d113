package io.parley.websocket.frame;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A few objects that are dear to make, for whoever needs one for a while. Nobody waits for anybody.
 *
 * <p>There is one place per processor: more of them are seldom at work at once.
 *
 * <p><b>Threading.</b> Safe for any thread. What is taken belongs to the taker alone until it is given back.
 */
final class Spares<T> {

    private final AtomicReferenceArray<@Nullable T> places =
            new AtomicReferenceArray<>(Runtime.getRuntime().availableProcessors());

    /** A spare one that is the caller's from now on; null when there is none. */
    @Nullable
    T take() {
        for (int place = 0; place < places.length(); place++) {
            if (places.getPlain(place) != null) {
                T spare = places.getAndSet(place, null);
                if (spare != null) {
                    return spare;
                }
            }
        }
        return null;
    }

    /** Whether there was a place for it; it is still the caller's if not. */
    boolean give(T spare) {
        for (int place = 0; place < places.length(); place++) {
            if (places.getPlain(place) == null && places.compareAndSet(place, null, spare)) {
                return true;
            }
        }
        return false;
    }
}

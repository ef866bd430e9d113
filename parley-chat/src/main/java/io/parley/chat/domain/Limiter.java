package io.parley.chat.domain;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A token bucket for each key: so many at once, so many a second in the long run. Remembers a bounded number of keys;
 * beyond that the one that was quiet for longest is forgotten, which means a full bucket for it.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
public final class Limiter {

    private final long nanosPerToken;
    private final long burstNanos;
    private final LongSupplier nanoTime;
    private final Map<String, Long> emptyUntil; // guarded by this; a bucket is the time at which it will be full again

    /**
     * Full buckets for all.
     *
     * @param rate tokens a second, 1 or more
     * @param burst tokens in a full bucket, 1 or more
     * @param maxKeys how many keys are remembered
     * @param nanoTime the clock, like {@link System#nanoTime}
     */
    public Limiter(int rate, int burst, int maxKeys, LongSupplier nanoTime) {
        if (rate < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "rate: " + rate + " a second, burst: " + burst + " (expected: 1 or more each)");
        }
        this.nanosPerToken = Duration.ofSeconds(1).toNanos() / rate;
        this.burstNanos = nanosPerToken * burst;
        this.nanoTime = nanoTime;
        this.emptyUntil = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > maxKeys;
            }
        };
    }

    /**
     * Takes one token of {@code key}.
     *
     * @throws ChatException {@link ChatException.Code#FLOOD} if there is none; it says when there will be one
     */
    public void take(String key) {
        long wait = tryTake(key);
        if (wait > 0) {
            throw ChatException.flood(Duration.ofNanos(wait));
        }
    }

    private synchronized long tryTake(String key) {
        long now = nanoTime.getAsLong();
        Long fullAt = emptyUntil.get(key);
        long missing = fullAt == null ? 0 : Math.max(0, fullAt - now);
        long wait = missing + nanosPerToken - burstNanos;
        if (wait <= 0) {
            emptyUntil.put(key, now + missing + nanosPerToken);
        }
        return wait;
    }
}

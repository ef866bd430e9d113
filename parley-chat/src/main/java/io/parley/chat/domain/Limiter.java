package io.parley.chat.domain;

import io.parley.websocket.Rate;
import io.parley.websocket.TokenBucket;
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

    private final Rate rate;
    private final LongSupplier nanoTime;
    private final Map<String, TokenBucket> buckets; // guarded by this

    /**
     * Full buckets for all.
     *
     * @param rate tokens a second, 1 or more
     * @param burst tokens in a full bucket, 1 or more
     * @param maxKeys how many keys are remembered
     * @param nanoTime the clock, like {@link System#nanoTime}
     */
    public Limiter(int rate, int burst, int maxKeys, LongSupplier nanoTime) {
        this.rate = new Rate(rate, burst);
        this.nanoTime = nanoTime;
        this.buckets = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
                return size() > maxKeys;
            }
        };
    }

    /**
     * Takes one token of {@code key}.
     *
     * @throws ChatException {@link ChatException.Code#FLOOD} if there is none; it says when there will be one
     */
    public synchronized void take(String key) {
        long now = nanoTime.getAsLong();
        TokenBucket bucket = buckets.computeIfAbsent(key, unknown -> new TokenBucket(rate, now));
        if (!bucket.tryTake(1, now)) {
            throw ChatException.flood(bucket.untilThereAre(1, now));
        }
    }
}

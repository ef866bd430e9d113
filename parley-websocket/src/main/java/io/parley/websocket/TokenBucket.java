package io.parley.websocket;

import java.time.Duration;

/**
 * Holds somebody to a {@link Rate}: a bucket that is full after a rest, empties by what is taken and fills again with
 * time. It knows no clock: callers say what time it is.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
public final class TokenBucket {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double nanosPerToken;
    private final long burstNanos;
    private long fullAt; // guarded by this: by the clock, when the bucket would be full again

    /**
     * A full bucket.
     *
     * @param nanoTime what time it is, like {@link EventLoop#nanoTime}
     */
    public TokenBucket(Rate rate, long nanoTime) {
        nanosPerToken = NANOS_PER_SECOND / rate.perSecond();
        burstNanos = nanosOf(rate.burst());
        fullAt = nanoTime;
    }

    /** Takes so many tokens, if they are there; otherwise none. */
    public synchronized boolean tryTake(long tokens, long nanoTime) {
        long after = missing(nanoTime) + nanosOf(tokens);
        if (after > burstNanos) {
            return false;
        }
        fullAt = nanoTime + after;
        return true;
    }

    /** Takes so many tokens if there is any, so that what is larger than the bucket is not refused for ever. */
    public synchronized boolean tryOverdraw(long tokens, long nanoTime) {
        if (missing(nanoTime) >= burstNanos) {
            return false;
        }
        take(tokens, nanoTime);
        return true;
    }

    /** Takes so many tokens, be they there or not. */
    public synchronized void take(long tokens, long nanoTime) {
        fullAt = nanoTime + missing(nanoTime) + nanosOf(tokens);
    }

    /** How long it takes until the bucket holds so many tokens, at most its burst; zero when it does. */
    public synchronized Duration untilThereAre(long tokens, long nanoTime) {
        return Duration.ofNanos(Math.max(0, missing(nanoTime) + nanosOf(tokens) - burstNanos));
    }

    /** Whether nothing is missing. */
    public synchronized boolean isFull(long nanoTime) {
        return missing(nanoTime) == 0;
    }

    private long missing(long nanoTime) {
        return Math.max(0, fullAt - nanoTime);
    }

    private long nanosOf(long tokens) {
        return (long) (tokens * nanosPerToken);
    }
}

package io.parley.socketio.server;

import io.parley.websocket.EventLoop.Timeout;
import io.parley.websocket.Rate;
import io.parley.websocket.TokenBucket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Holds one socket's client to the rate limits of the namespace. Made for its first event, if there is a limit.
 *
 * <p><b>Threading.</b> Confined to the socket's event loop.
 */
final class RateGate {

    private final NamespaceSocket socket;
    private final RateLimits limits;
    private final @Nullable TokenBucket events; // null: not limited
    private final @Nullable TokenBucket bytes; // null: not limited
    private boolean limited; // told, and since then not quiet for long enough
    private @Nullable Timeout pause; // non-null while nothing is read because of this socket

    RateGate(NamespaceSocket socket, RateLimits limits) {
        this.socket = socket;
        this.limits = limits;
        events = limits.events().map(this::bucket).orElse(null);
        bytes = limits.bytes().map(this::bucket).orElse(null);
    }

    private TokenBucket bucket(Rate rate) {
        return new TokenBucket(rate, now());
    }

    private long now() {
        return socket.eventLoop().nanoTime();
    }

    RateLimits limits() {
        return limits;
    }

    /** Takes what an event costs; returns what there was too little of, null when there was enough. */
    @Nullable
    RateLimitCause take(int size) {
        long now = now();
        limited = limited && !isFull(now);
        if (events != null && !events.tryTake(1, now)) {
            return RateLimitCause.EVENTS;
        }
        if (bytes != null && !bytes.tryOverdraw(size, now)) {
            return RateLimitCause.BYTES;
        }
        return null;
    }

    private boolean isFull(long now) {
        return (events == null || events.isFull(now)) && (bytes == null || bytes.isFull(now));
    }

    /** Notes that there was too little; returns whether that is news. */
    boolean noteLimited() {
        boolean news = !limited;
        limited = true;
        return news;
    }

    /** An event was above a limit and is handled all the same: its client has to wait until there is one more. */
    void delay(int size, RateLimitCause cause) {
        long now = now();
        if (events != null && cause == RateLimitCause.EVENTS) {
            events.take(1, now);
        }
        if (bytes != null) {
            bytes.take(size, now);
        }
        Duration wait = wait(events, now);
        Duration other = wait(bytes, now);
        pauseFor(wait.compareTo(other) > 0 ? wait : other);
    }

    private static Duration wait(@Nullable TokenBucket bucket, long now) {
        return bucket == null ? Duration.ZERO : bucket.untilThereAre(1, now);
    }

    private void pauseFor(Duration wait) {
        if (pause == null) {
            socket.connection.pauseReading();
        } else {
            pause.cancel();
        }
        pause = socket.eventLoop().schedule(this::resume, wait);
    }

    private void resume() {
        pause = null;
        socket.connection.resumeReading();
    }

    /** The socket is over: nobody waits because of it. */
    void close() {
        if (pause != null) {
            pause.cancel();
            resume();
        }
    }

    /** What the limit is, for people. */
    String describe(RateLimitCause cause) {
        return switch (cause) {
            case EVENTS -> "more events than " + limits.events().orElseThrow() + " (limit: events)";
            case BYTES -> "more bytes of events than " + limits.bytes().orElseThrow() + " (limit: bytes)";
        };
    }
}

package io.parley.websocket.server;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one timer of a connection: what it waits for, and until when. Moving the deadline costs a field; the task on the
 * loop looks at it when it runs, and goes on waiting if it was moved.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop.
 */
final class ConnectionTimer {

    /** What a connection waits for. */
    enum Phase {
        /** The next request, or the peer to take what was sent. */
        IDLE,
        /** The rest of a head. */
        HEAD,
        /** The rest of a body. */
        BODY,
        /** The peer to close, after our side did. */
        DRAIN,
        /** Our own answer: for as long as it takes. */
        ANSWER
    }

    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(2);

    private final EventLoop loop;
    private final HttpOptions options;
    private final Consumer<Phase> onTimeout;
    private Phase phase = Phase.ANSWER;
    private long deadline;
    private long scheduledFor;
    private @Nullable ScheduledFuture<?> scheduled; // null while no task waits on the loop

    ConnectionTimer(EventLoop loop, HttpOptions options, Consumer<Phase> onTimeout) {
        this.loop = loop;
        this.options = options;
        this.onTimeout = onTimeout;
    }

    /** Waits for something else from now on, for as long as the options allow. */
    void enter(Phase next) {
        phase = next;
        if (next != Phase.ANSWER) {
            long now = System.nanoTime();
            deadline = now + timeout(next).toNanos();
            schedule(now);
        }
    }

    void stop() {
        phase = Phase.ANSWER;
        if (scheduled != null) {
            scheduled.cancel(false);
            scheduled = null;
        }
    }

    private Duration timeout(Phase of) {
        return switch (of) {
            case IDLE -> options.idleTimeout();
            case HEAD, BODY -> options.requestTimeout();
            case DRAIN, ANSWER -> DRAIN_TIMEOUT;
        };
    }

    private void schedule(long now) {
        if (scheduled != null && scheduledFor - deadline <= 0) {
            return; // it will run in time, and look at the deadline
        }
        if (scheduled != null) {
            scheduled.cancel(false);
        }
        scheduledFor = deadline;
        scheduled = loop.schedule(this::run, deadline - now, TimeUnit.NANOSECONDS);
    }

    private void run() {
        scheduled = null;
        if (phase == Phase.ANSWER) {
            return;
        }
        long now = System.nanoTime();
        if (deadline - now > 0) {
            schedule(now);
            return;
        }
        onTimeout.accept(phase);
    }
}

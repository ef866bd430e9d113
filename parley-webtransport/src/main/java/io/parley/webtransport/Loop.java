package io.parley.webtransport;

import io.netty.util.concurrent.ScheduledFuture;
import io.parley.websocket.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A Netty event loop in Parley's words. There is one object a loop, since it is the key of maps.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class Loop implements EventLoop {

    private final io.netty.channel.EventLoop loop;

    Loop(io.netty.channel.EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public boolean inEventLoop() {
        return loop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public Timeout schedule(Runnable task, Duration delay) {
        ScheduledFuture<?> scheduled = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}

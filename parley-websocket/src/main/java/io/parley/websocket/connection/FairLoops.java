package io.parley.websocket.connection;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * Event loops that look at their connections every few milliseconds, however many tasks there are. Netty's own run tasks
 * for a second before they do: a connection that makes tasks without end would keep the others waiting for as long.
 */
public final class FairLoops extends MultiThreadIoEventLoopGroup {

    private static final long TASKS_MILLIS = 1;

    /** So many loops, each on a thread of its own. */
    public FairLoops(int loops, ThreadFactory threads, IoHandlerFactory handlers) {
        super(loops, threads, handlers);
    }

    @Override
    protected IoEventLoop newChild(Executor thread, IoHandlerFactory handlers, Object... none) {
        return new SingleThreadIoEventLoop(
                this, thread, handlers, Integer.MAX_VALUE, RejectedExecutionHandlers.reject(), TASKS_MILLIS);
    }
}

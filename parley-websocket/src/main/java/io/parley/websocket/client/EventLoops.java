package io.parley.websocket.client;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.parley.websocket.connection.Transport;
import java.util.concurrent.TimeUnit;

/**
 * The threads that read and write the network for any number of {@link WebSocket}s. Those of {@link #shared} are enough
 * for most programs: a thousand sockets are not a thousand threads. All are daemons, so they keep no program alive.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
public final class EventLoops implements AutoCloseable {

    private static final int SHARED_THREADS = Math.min(2, Runtime.getRuntime().availableProcessors());

    private final EventLoopGroup group;
    private final Transport transport;
    private final boolean shared;

    private EventLoops(int threads, boolean shared) {
        this.shared = shared;
        transport = Transport.choose(true);
        group = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("parley-client", true), transport.ioHandlers());
    }

    /**
     * The two threads (one on a machine with one processor) that every socket uses unless it is given others. They are
     * started with the first socket and live as long as the process.
     */
    public static EventLoops shared() {
        return Shared.LOOPS;
    }

    /**
     * Threads of one's own, to be closed when the last socket on them is closed.
     *
     * @param threads 1 or more
     */
    public static EventLoops of(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads + " (expected: 1 or more)");
        }
        return new EventLoops(threads, false);
    }

    /**
     * Ends the threads and cuts what is still open on them. It returns at once.
     *
     * @throws IllegalStateException if these are the shared ones
     */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for daemons to end
    public void close() {
        if (shared) {
            throw new IllegalStateException("close() of the shared event loops (expected: one's own)");
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    io.netty.channel.EventLoop next() {
        return group.next();
    }

    Transport transport() {
        return transport;
    }

    /** Made when the first socket needs them. */
    private static final class Shared {
        static final EventLoops LOOPS = new EventLoops(SHARED_THREADS, true);
    }
}

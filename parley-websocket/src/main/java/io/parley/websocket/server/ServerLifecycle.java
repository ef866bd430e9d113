package io.parley.websocket.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.parley.websocket.connection.FairLoops;
import io.parley.websocket.connection.LoopReceiveAllocator;
import io.parley.websocket.connection.Transport;
import io.parley.websocket.server.ListenAddress.Listening;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a server and closes it.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class ServerLifecycle {

    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

    private static final Duration TERMINATION = Duration.ofSeconds(5); // for event loops that have little left to do

    /** Goes forward only. */
    private enum State {
        NEW,
        LISTENING,
        CLOSED
    }

    private final HttpOptions options;
    private final Router router;
    private final ServerCounters counters = new ServerCounters();
    private final List<Runnable> hooks = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    // Guarded by this.
    private State state = State.NEW;
    private @Nullable Running running; // non-null from the start on
    private @Nullable Thread closer; // non-null from the close on

    ServerLifecycle(HttpOptions options, Router router) {
        this.options = options;
        this.router = router;
    }

    /**
     * What there is from the start on.
     *
     * @param tls null when connections are plain
     */
    private record Running(
            EventLoopGroup loops,
            OpenConnections connections,
            Listening listening,
            @Nullable TlsContext tls) {}

    void onClosing(Runnable hook) {
        hooks.add(hook);
    }

    synchronized int port() {
        if (running == null) {
            throw new IllegalStateException("port() before start() (expected: a server that was started)");
        }
        if (running.listening.channel().localAddress() instanceof InetSocketAddress address) {
            return address.getPort();
        }
        throw new IllegalStateException("port() of a server on a Unix socket (expected: a server on a port)");
    }

    // --- start ---

    synchronized void start() {
        if (state != State.NEW) {
            throw new IllegalStateException("start() of a server that was started or closed before (expected: once)");
        }
        TlsContext tls = options.tls() == null ? null : new TlsContext(options.tls(), options.handlerExecutor());
        try {
            running = listen(tls);
        } catch (UncheckedIOException failed) {
            closeTls(tls);
            throw failed;
        }
        state = State.LISTENING;
    }

    private Running listen(@Nullable TlsContext tls) {
        Transport transport = Transport.choose(options.nativeTransport());
        EventLoopGroup loops =
                new FairLoops(eventLoops(), new DefaultThreadFactory("parley-loop"), transport.ioHandlers());
        OpenConnections connections = new OpenConnections(loops, options, counters);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .option(ChannelOption.SO_BACKLOG, options.backlog())
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, LoopReceiveAllocator.SHARED)
                .childHandler(new ConnectionInitializer(options, router, counters, connections, tls));
        try {
            Listening listening = options.address().listen(bootstrap, transport);
            log.debug("Listening on {}", options.address());
            return new Running(loops, connections, listening, tls);
        } catch (UncheckedIOException failed) {
            terminate(loops);
            throw failed;
        }
    }

    private int eventLoops() {
        return options.eventLoops() > 0
                ? options.eventLoops()
                : Runtime.getRuntime().availableProcessors();
    }

    private static void closeTls(@Nullable TlsContext tls) {
        if (tls != null) {
            tls.close();
        }
    }

    void reloadTls() {
        TlsContext tls = tls();
        if (tls == null) {
            throw new IllegalStateException("reloadTls() (expected: a server with TLS that was started)");
        }
        tls.reload();
    }

    private synchronized @Nullable TlsContext tls() {
        return running == null ? null : running.tls;
    }

    ServerFigures figures() {
        return counters.figures();
    }

    // --- close ---

    void close() {
        Running open = beginClosing();
        if (open != null) {
            close(open);
            closed.complete(null);
        } else if (!isClosing(Thread.currentThread())) {
            closed.join();
        }
    }

    /** What is to be closed; null when there is nothing, or another call closes it. */
    private synchronized @Nullable Running beginClosing() {
        Running open = running;
        if (open != null) {
            checkThread(open.loops);
        }
        if (state == State.LISTENING) {
            closer = Thread.currentThread();
        } else if (state == State.NEW) {
            closed.complete(null);
        }
        Running mine = state == State.LISTENING ? open : null;
        state = State.CLOSED;
        return mine;
    }

    private static void checkThread(EventLoopGroup loops) {
        for (EventExecutor loop : loops) {
            if (loop.inEventLoop()) {
                throw new IllegalStateException(
                        "close() on an event loop of the server (expected: another thread, this one would wait for"
                                + " itself)");
            }
        }
    }

    /** Whether a hook closes the server that runs it. */
    private synchronized boolean isClosing(Thread thread) {
        return thread.equals(closer) && !closed.isDone();
    }

    private void close(Running open) {
        open.listening.channel().close().awaitUninterruptibly();
        open.listening.release().run();
        hooks.forEach(ServerLifecycle::runHook);
        if (!isDoneWithin(options.closeTimeout(), open.connections.close())) {
            log.debug("Connections are cut: not closed within {}", options.closeTimeout());
            isDoneWithin(TERMINATION, open.connections.cut());
        }
        settle(open.loops);
        terminate(open.loops);
        closeTls(open.tls);
    }

    private static void runHook(Runnable hook) {
        try {
            hook.run();
        } catch (RuntimeException | Error thrown) {
            log.error("A closing hook failed", thrown);
        }
    }

    private static boolean isDoneWithin(Duration timeout, CompletableFuture<Void> work) {
        try {
            work.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException failed) {
            log.error("Closing the connections failed", failed.getCause());
            return true;
        }
    }

    /**
     * Lets every loop work off what the end of the connections has left: what one loop then tells another, because a
     * session lives there, in the second round.
     */
    private static void settle(EventLoopGroup loops) {
        for (int round = 0; round < 2; round++) {
            List<CompletableFuture<Void>> reached = new ArrayList<>();
            loops.forEach(loop -> reached.add(CompletableFuture.runAsync(() -> {}, loop)));
            isDoneWithin(TERMINATION, CompletableFuture.allOf(reached.toArray(new CompletableFuture<?>[0])));
        }
    }

    /** Ends the event loops; connections that are still open are cut. */
    private static void terminate(EventLoopGroup loops) {
        loops.shutdownGracefully(0, TERMINATION.toNanos(), TimeUnit.NANOSECONDS)
                .awaitUninterruptibly(TERMINATION.toMillis());
    }
}

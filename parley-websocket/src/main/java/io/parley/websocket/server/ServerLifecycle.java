package io.parley.websocket.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.parley.websocket.connection.Transport;
import java.io.IOException;
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
    private final List<Runnable> hooks = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    // Guarded by this.
    private State state = State.NEW;
    private @Nullable Listening listening; // non-null from the start on
    private @Nullable Thread closer; // non-null from the close on

    ServerLifecycle(HttpOptions options, Router router) {
        this.options = options;
        this.router = router;
    }

    /** What there is while a server listens. */
    private record Listening(EventLoopGroup loops, OpenConnections connections, Channel channel) {}

    void onClosing(Runnable hook) {
        hooks.add(hook);
    }

    synchronized int port() {
        if (listening == null) {
            throw new IllegalStateException("port() before start() (expected: a server that was started)");
        }
        return ((InetSocketAddress) listening.channel.localAddress()).getPort();
    }

    // --- start ---

    synchronized void start() {
        if (state != State.NEW) {
            throw new IllegalStateException("start() of a server that was started or closed before (expected: once)");
        }
        InetSocketAddress address = new InetSocketAddress(options.host(), options.port());
        if (address.isUnresolved()) {
            throw cannotListen("Host " + options.host() + " is unknown (expected: an address of this machine)", null);
        }
        listening = listen(address);
        state = State.LISTENING;
    }

    private Listening listen(InetSocketAddress address) {
        Transport transport = Transport.choose(options.nativeTransport());
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                eventLoops(), new DefaultThreadFactory("parley-loop"), transport.ioHandlers());
        OpenConnections connections = new OpenConnections(loops);
        ChannelFuture bound =
                bootstrap(loops, transport, connections).bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            terminate(loops);
            throw bindFailed(address, bound.cause());
        }
        log.debug("Listening on {}", bound.channel().localAddress());
        return new Listening(loops, connections, bound.channel());
    }

    private int eventLoops() {
        return options.eventLoops() > 0
                ? options.eventLoops()
                : Runtime.getRuntime().availableProcessors();
    }

    private ServerBootstrap bootstrap(EventLoopGroup loops, Transport transport, OpenConnections connections) {
        return new ServerBootstrap()
                .group(loops)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, options.backlog())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Initializer(options, router, connections));
    }

    /** Makes the pipeline of a connection: one handler. */
    private static final class Initializer extends ChannelInitializer<Channel> {

        private final HttpOptions options;
        private final Router router;
        private final OpenConnections connections;
        private final OverloadHandler overload;

        Initializer(HttpOptions options, Router router, OpenConnections connections) {
            this.options = options;
            this.router = router;
            this.connections = connections;
            overload = new OverloadHandler(options.maxConnections());
        }

        @Override
        protected void initChannel(Channel channel) {
            boolean tooMany = connections.add(channel) > options.maxConnections();
            channel.pipeline().addLast(tooMany ? overload : new HttpConnection(channel, options, router));
        }
    }

    private static UncheckedIOException bindFailed(InetSocketAddress address, Throwable cause) {
        String host = address.getHostString();
        String reason = String.valueOf(cause.getMessage());
        if (reason.contains("in use")) {
            return cannotListen(
                    "Port " + address.getPort() + " on " + host + " is taken (expected: a free port); stop the program"
                            + " that listens there, or choose another port, or 0 for any free one",
                    cause);
        }
        return cannotListen(
                "Cannot listen on " + host + ":" + address.getPort() + ": " + reason
                        + " (expected: an address of this machine, and a port that this user may open)",
                cause);
    }

    private static UncheckedIOException cannotListen(String message, @Nullable Throwable cause) {
        return new UncheckedIOException(message, new IOException(message, cause));
    }

    // --- close ---

    void close() {
        Listening open = beginClosing();
        if (open != null) {
            close(open);
            closed.complete(null);
        } else if (!isClosing(Thread.currentThread())) {
            closed.join();
        }
    }

    /** What is to be closed; null when there is nothing, or another call closes it. */
    private synchronized @Nullable Listening beginClosing() {
        Listening open = listening;
        if (open != null) {
            checkThread(open.loops);
        }
        if (state == State.LISTENING) {
            closer = Thread.currentThread();
        } else if (state == State.NEW) {
            closed.complete(null);
        }
        Listening mine = state == State.LISTENING ? open : null;
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

    private void close(Listening open) {
        open.channel.close().awaitUninterruptibly();
        hooks.forEach(ServerLifecycle::runHook);
        if (!isDoneWithin(options.closeTimeout(), open.connections.close())) {
            log.debug("Connections are cut: not closed within {}", options.closeTimeout());
            isDoneWithin(TERMINATION, open.connections.cut());
        }
        settle(open.loops);
        terminate(open.loops);
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

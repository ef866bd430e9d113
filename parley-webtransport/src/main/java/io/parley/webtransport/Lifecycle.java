package io.parley.webtransport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.http3.Http3;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.parley.websocket.HandlerThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
final class Lifecycle {

    private static final Logger log = LoggerFactory.getLogger(WebTransportServer.class);

    private static final Duration TERMINATION = Duration.ofSeconds(5); // for an event loop that has little left to do

    /** Datagrams are dropped as they come, so few wait. */
    private static final int DATAGRAM_QUEUE = 16;

    /** The three of HTTP/3 and a few of which it knows nothing. */
    private static final int UNIDIRECTIONAL_STREAMS = 8;

    private static final int UNIDIRECTIONAL_STREAM_WINDOW = 16 * 1024;

    /** Goes forward only. */
    private enum State {
        NEW,
        LISTENING,
        CLOSED
    }

    private final ServerOptions options;
    private final Routes routes;
    private final Figures figures = new Figures();

    // Guarded by this.
    private State state = State.NEW;
    private @Nullable Running running; // non-null from the start on

    /** What there is from the start on. */
    private record Running(EventLoopGroup group, Channel channel, Connections connections, TlsKeys keys) {}

    Lifecycle(ServerOptions options, Routes routes) {
        this.options = options;
        this.routes = routes;
    }

    WebTransportFigures figures() {
        return figures.now();
    }

    synchronized int port() {
        return ((InetSocketAddress) running("port()").channel.localAddress()).getPort();
    }

    void reloadTls() {
        keys().reload();
    }

    private synchronized TlsKeys keys() {
        return running("reloadTls()").keys;
    }

    private Running running(String call) {
        if (running == null) {
            throw new IllegalStateException(call + " before start() (expected: a server that was started)");
        }
        return running;
    }

    // --- start

    synchronized void start() {
        if (state != State.NEW) {
            throw new IllegalStateException("start() of a server that was started or closed before (expected: once)");
        }
        Natives.check();
        TlsKeys keys = new TlsKeys(options.tls(), HandlerThreads.shared());
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("parley-webtransport"), NioIoHandler.newFactory());
        Connections connections = new Connections(options, figures);
        Channel channel = bind(group, codec(keys, connections, new Loop(group.next())));
        running = new Running(group, channel, connections, keys);
        state = State.LISTENING;
        log.debug("Listening on {}", channel.localAddress());
    }

    private ChannelHandler codec(TlsKeys keys, Connections connections, Loop loop) {
        return Http3.newQuicServerCodecBuilder()
                .sslEngineProvider(channel -> keys.newEngine(channel.alloc()))
                .maxIdleTimeout(options.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .initialMaxData(options.initialMaxData())
                .initialMaxStreamDataBidirectionalRemote(options.initialMaxStreamData())
                .initialMaxStreamDataUnidirectional(UNIDIRECTIONAL_STREAM_WINDOW)
                .initialMaxStreamsBidirectional(options.maxStreams())
                .initialMaxStreamsUnidirectional(UNIDIRECTIONAL_STREAMS)
                .datagram(DATAGRAM_QUEUE, DATAGRAM_QUEUE)
                .handler(new ConnectionInitializer(options, routes, connections, figures, loop))
                .build();
    }

    private Channel bind(EventLoopGroup group, ChannelHandler codec) {
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, 1 << 20)
                .handler(codec);
        try {
            return bootstrap
                    .bind(new InetSocketAddress(options.host(), options.port()))
                    .syncUninterruptibly()
                    .channel();
        } catch (Exception failed) { // Netty throws what the system said, undeclared
            terminate(group);
            throw new UncheckedIOException(new IOException(
                    "Cannot listen on UDP port " + options.port() + " of " + options.host() + ": "
                            + failed.getMessage()
                            + " (expected: an address of this machine, and a port that is free and may be used)",
                    failed));
        }
    }

    // --- close

    void close() {
        Running open = beginClosing();
        if (open == null) {
            return;
        }
        Loop loop = new Loop(open.group.next());
        if (loop.inEventLoop()) {
            throw new IllegalStateException(
                    "close() on the event loop of the server (expected: another thread, this one would wait for itself)");
        }
        loop.execute(open.connections::close);
        if (!isDoneWithin(options.closeTimeout(), open.connections.ended())) {
            log.debug("Connections are cut: not closed within {}", options.closeTimeout());
            loop.execute(open.connections::cut);
            isDoneWithin(TERMINATION, open.connections.ended());
        }
        isDoneWithin(TERMINATION, CompletableFuture.runAsync(() -> {}, loop)); // what the ends have left to do
        open.channel.close().awaitUninterruptibly();
        terminate(open.group);
    }

    private synchronized @Nullable Running beginClosing() {
        Running mine = state == State.LISTENING ? running : null;
        state = State.CLOSED;
        return mine;
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

    private static void terminate(EventLoopGroup group) {
        group.shutdownGracefully(0, TERMINATION.toNanos(), TimeUnit.NANOSECONDS)
                .awaitUninterruptibly(TERMINATION.toMillis());
    }
}

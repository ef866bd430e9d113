package io.parley.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One event loop, and the connections that it makes to one server, by epoll or by NIO.
 *
 * <p><b>Threading.</b> Connections are made on the loop; the rest is safe for any thread.
 */
final class Network {

    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final Target target;
    private final InetSocketAddress address;
    private final @Nullable SslContext tls; // null without TLS
    private final ReceiveBuffer receive;
    private final boolean epoll;

    /** On the native transport if that is wanted, which the machine must have. */
    Network(Target target, boolean epoll) {
        this.target = target;
        this.epoll = epoll;
        address = resolve(target);
        tls = target.isSecure() ? tls(target) : null;
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("parley-load", true), io);
        loop = group.next();
        receive = new ReceiveBuffer();
    }

    /** Once for all: what is measured is the server, not the name service. */
    private static InetSocketAddress resolve(Target target) {
        try {
            return new InetSocketAddress(InetAddress.getByName(target.host()), target.port());
        } catch (UnknownHostException unknown) {
            throw new LoadException("Host " + Shown.text(target.host()) + " is unknown", unknown);
        }
    }

    private static SslContext tls(Target target) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient();
            Path trust = target.trust();
            if (trust != null) {
                builder.trustManager(trust.toFile());
            } else if (target.insecure()) {
                builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(null);
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException wrong) {
            throw new LoadException("TLS: " + wrong.getMessage(), wrong);
        }
    }

    EventLoop loop() {
        return loop;
    }

    /** Begins a connection; {@code handler} is told when it is there, and the future if it will not be. */
    ChannelFuture connect(ChannelHandler handler) {
        return new Bootstrap()
                .group(loop)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                // Closed by a reset: ten thousand ports that wait for their end would be missing in the next run.
                .option(ChannelOption.SO_LINGER, 0)
                .option(ChannelOption.RECVBUF_ALLOCATOR, receive)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        Math.min(Integer.MAX_VALUE, target.connectTimeout().toMillis()))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc(), target.host(), target.port()));
                        }
                        channel.pipeline().addLast(handler);
                    }
                })
                .connect(address);
    }

    /** Ends the loop, after all connections were closed. */
    void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        receive.release();
    }
}

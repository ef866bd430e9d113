package io.parley.bench.peer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** A server on Netty and nothing else: by epoll where the machine has it, else by NIO. */
final class NettyServer {

    private static final int MAX_REQUEST_BYTES = 8 * 1024;

    private NettyServer() {}

    /**
     * Starts it.
     *
     * @param loops threads
     * @param pipelines fills that of each connection
     * @return the port it listens on
     */
    static int start(int loops, Consumer<ChannelPipeline> pipelines) throws InterruptedException {
        boolean epoll = Epoll.isAvailable();
        InetSocketAddress address = (InetSocketAddress) new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(
                        loops, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory()))
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        pipelines.accept(channel.pipeline());
                    }
                })
                .bind(Peer.HOST, 0)
                .sync()
                .channel()
                .localAddress();
        return address.getPort();
    }

    /** The handlers of requests. */
    static void addHttp(ChannelPipeline pipeline) {
        pipeline.addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_REQUEST_BYTES));
    }
}

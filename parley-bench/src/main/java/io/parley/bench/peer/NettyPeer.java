package io.parley.bench.peer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelMatchers;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;

/**
 * Bare Netty through its own codec, at its best: frames go out as they came in, without becoming messages, and are
 * flushed once for all that one read brought. Where frames are shared, a broadcast is encoded once and written past the
 * encoders of all connections.
 */
final class NettyPeer implements Peer {

    private static final int MAX_REQUEST_BYTES = 8 * 1024;

    private final boolean sharesFrames;
    private final ChannelGroup everybody = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    /** With frames that are encoded for each connection, or for all. */
    NettyPeer(boolean sharesFrames) {
        this.sharesFrames = sharesFrames;
    }

    @Override
    public int start(PeerSetup setup) throws InterruptedException {
        boolean epoll = Epoll.isAvailable();
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        WebSocketServerProtocolConfig config = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/")
                .checkStartsWith(true)
                .allowExtensions(setup.deflate())
                .maxFramePayloadLength(MAX_MESSAGE_BYTES)
                .build();
        InetSocketAddress address = (InetSocketAddress) new ServerBootstrap()
                .group(loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        initialize(channel.pipeline(), config, setup.deflate());
                    }
                })
                .bind(HOST, 0)
                .sync()
                .channel()
                .localAddress();
        return address.getPort();
    }

    private void initialize(ChannelPipeline pipeline, WebSocketServerProtocolConfig config, boolean deflate) {
        pipeline.addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_REQUEST_BYTES));
        if (deflate) {
            pipeline.addLast(new WebSocketServerCompressionHandler(MAX_MESSAGE_BYTES));
        }
        pipeline.addLast(new WebSocketServerProtocolHandler(config), new Receiver());
    }

    private final class Receiver extends ChannelInboundHandlerAdapter {

        private boolean broadcasts; // on the connection's loop only

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof HandshakeComplete handshake) {
                broadcasts = handshake.requestUri().equals(BROADCAST);
                if (broadcasts) {
                    everybody.add(context.channel());
                }
            }
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // a void promise: what fails shows by the connection's end
        public void channelRead(ChannelHandlerContext context, Object message) {
            WebSocketFrame frame = (WebSocketFrame) message;
            if (broadcasts && sharesFrames) {
                SharedFrame.write(frame, everybody, context.alloc());
            } else if (broadcasts) {
                everybody.write(frame, ChannelMatchers.all(), true);
            } else {
                context.write(frame, context.voidPromise());
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (broadcasts) {
                everybody.flush();
            } else {
                context.flush();
            }
        }
    }
}

package io.parley.websocket.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.WebSocketListener;
import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The least HTTP server that upgrades: what is tested with it is the WebSocket alone. */
@SuppressWarnings("FutureReturnValueIgnored") // what cannot be written is missed by the test
final class BareHost implements AutoCloseable {

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final WebSocketUpgrade options;
    private final Supplier<WebSocketListener> listeners;
    private final Channel server;

    BareHost(WebSocketUpgrade options, Supplier<WebSocketListener> listeners) {
        this.options = options;
        this.listeners = listeners;
        server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpServerCodec(), new Upgrader());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** Ends all connections. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Upgrader extends ChannelInboundHandlerAdapter {

        private io.netty.handler.codec.http.HttpRequest head;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof io.netty.handler.codec.http.HttpRequest begun) {
                head = begun;
            }
            if (message instanceof LastHttpContent) {
                upgrade(context, head);
            }
            ReferenceCountUtil.release(message);
        }

        private void upgrade(ChannelHandlerContext context, io.netty.handler.codec.http.HttpRequest head) {
            List<String> fields = new ArrayList<>();
            head.headers().forEach(field -> {
                fields.add(field.getKey());
                fields.add(field.getValue());
            });
            HttpRequest request = new HttpRequest(
                    head.method().name(), head.uri(), HttpHeaders.of(fields.toArray(String[]::new)), null, false);
            HttpResponse refusal =
                    WebSocketHandshake.upgrade(context, head.protocolVersion(), request, options, listeners.get());
            if (refusal != null) {
                refuse(context, refusal);
            }
        }

        private void refuse(ChannelHandlerContext context, HttpResponse refusal) {
            DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    HttpResponseStatus.valueOf(refusal.status()),
                    Unpooled.wrappedBuffer(refusal.body()));
            refusal.headers().forEach((name, value) -> response.headers().add(name, value));
            response.headers().set("Content-Length", refusal.body().remaining());
            context.writeAndFlush(response);
        }
    }
}

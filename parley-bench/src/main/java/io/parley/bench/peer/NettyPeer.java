package io.parley.bench.peer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelMatchers;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * Bare Netty through its own codec, at its best: frames go out as they came in, without becoming messages, and are
 * flushed once for all that one read brought. Where frames are shared, a broadcast is encoded once and written past the
 * encoders of all connections.
 */
final class NettyPeer implements Peer {

    private final boolean sharesFrames;
    private final ChannelGroup everybody = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    /** With frames that are encoded for each connection, or for all. */
    NettyPeer(boolean sharesFrames) {
        this.sharesFrames = sharesFrames;
    }

    @Override
    public int start(PeerSetup setup) throws InterruptedException {
        WebSocketServerProtocolConfig config = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/")
                .checkStartsWith(true)
                .allowExtensions(setup.deflate())
                .maxFramePayloadLength(MAX_MESSAGE_BYTES)
                .build();
        return NettyServer.start(
                Runtime.getRuntime().availableProcessors(), pipeline -> initialize(pipeline, config, setup.deflate()));
    }

    private void initialize(ChannelPipeline pipeline, WebSocketServerProtocolConfig config, boolean deflate) {
        NettyServer.addHttp(pipeline);
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

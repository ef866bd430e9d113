package io.parley.bench.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fan-out costs when a server does nothing but give each delivery to the kernel. It says what clients of Socket.IO
 * have to hear and understands nothing of it: an event goes to everybody as it came, in one frame for all, by one
 * {@code send} for each past all of Netty. No heartbeats, no room for what a client does not take, no errors.
 */
final class FloorPeer implements Peer {

    private static final String OPEN = "0{\"sid\":\"floor\",\"upgrades\":[],\"pingInterval\":3600000,"
            + "\"pingTimeout\":3600000,\"maxPayload\":" + MAX_MESSAGE_BYTES + "}";
    private static final String CONNECT = "40";
    private static final String CONNECTED = "40{\"sid\":\"floor\"}";

    private final List<Socket> everybody = new ArrayList<>(); // on the one loop only

    @Override
    public int start(PeerSetup setup) throws InterruptedException {
        Epoll.ensureAvailability();
        return NettyServer.start(1, this::initialize);
    }

    private void initialize(ChannelPipeline pipeline) {
        NettyServer.addHttp(pipeline);
        WebSocketServerProtocolConfig config = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/")
                .checkStartsWith(true)
                .maxFramePayloadLength(MAX_MESSAGE_BYTES)
                .build();
        pipeline.addLast(new WebSocketServerProtocolHandler(config), new Receiver());
    }

    private void sendToAll(ByteBuf frame) throws IOException {
        long address = frame.memoryAddress();
        int length = frame.readableBytes();
        for (Socket socket : everybody) {
            int sent = socket.sendAddress(address, 0, length);
            if (sent != length) {
                throw new IOException("A client took " + sent + " bytes (expected: " + length + ", all of a frame)");
            }
        }
    }

    private static Socket socket(ChannelHandlerContext context) {
        return (Socket) ((UnixChannel) context.channel()).fd();
    }

    private final class Receiver extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof HandshakeComplete) {
                everybody.add(socket(context));
                say(context, OPEN);
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame packet) throws IOException {
            if (packet.text().equals(CONNECT)) {
                say(context, CONNECTED);
                return;
            }
            ByteBuf frame = SharedFrame.encode(packet, context.alloc());
            try {
                sendToAll(frame);
            } finally {
                frame.release();
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored") // a void promise: what fails shows by the connection's end
        private static void say(ChannelHandlerContext context, String packet) {
            context.writeAndFlush(new TextWebSocketFrame(packet), context.voidPromise());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            everybody.remove(socket(context));
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // it ends in any case, and the load says so
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            if (!(failure instanceof NativeIoException)) { // which is a client that went
                System.err.println(failure);
            }
            context.close();
        }
    }
}

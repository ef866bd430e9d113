package io.parley.bench.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.WebSocketListener;
import io.parley.websocket.connection.Agreement;
import io.parley.websocket.connection.NettyWebSocketConnection;
import io.parley.websocket.frame.Role;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** The same place for both: a channel without a network, from bytes to messages and from messages to bytes. */
public final class Pipelines {

    private static final int MAX_MESSAGE_BYTES = 2 * 1024 * 1024;

    private Pipelines() {}

    /** Our end of a connection. */
    record Ours(EmbeddedChannel channel, WebSocketConnection connection) {}

    /** A channel whose end takes what is to be sent as a network does. */
    public static EmbeddedChannel channel() {
        return new EmbeddedChannel(new Network());
    }

    static Ours parley(Consumer<Object> messages) {
        EmbeddedChannel channel = channel();
        NettyWebSocketConnection connection = new NettyWebSocketConnection(
                channel,
                Role.SERVER,
                ConnectionOptions.builder().maxMessageBytes(MAX_MESSAGE_BYTES).build(),
                Agreement.plain(""),
                new Receiver(messages));
        channel.pipeline().addLast(connection);
        connection.open(ByteBuffer.allocate(0));
        channel.runPendingTasks();
        return new Ours(channel, connection);
    }

    /** As a server has it: with the check of UTF-8, and texts taken out as strings. */
    static EmbeddedChannel netty(Consumer<Object> messages) {
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(MAX_MESSAGE_BYTES)
                .build();
        return new EmbeddedChannel(
                new Network(),
                new WebSocket13FrameDecoder(config),
                new WebSocket13FrameEncoder(false),
                new Utf8FrameValidator(),
                new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object message) {
                        WebSocketFrame frame = (WebSocketFrame) message;
                        messages.accept(frame instanceof TextWebSocketFrame ? textOf(frame) : frame.content());
                        frame.release();
                    }
                });
    }

    private static String textOf(WebSocketFrame frame) {
        return ((TextWebSocketFrame) frame).text();
    }

    private static final class Receiver implements WebSocketListener {

        private final Consumer<Object> messages;

        Receiver(Consumer<Object> messages) {
            this.messages = messages;
        }

        @Override
        public void onText(WebSocketConnection connection, String text) {
            messages.accept(text);
        }

        @Override
        public void onBinary(WebSocketConnection connection, ByteBuffer bytes) {
            messages.accept(bytes);
        }

        @Override
        public void onClose(WebSocketConnection connection, int code, String reason) {
            throw new IllegalStateException("Closed with " + code + " " + reason);
        }
    }

    /** Takes what is to be sent as Netty's transports do: what is not in direct memory is copied there. */
    private static final class Network extends ChannelOutboundHandlerAdapter {

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ByteBuf bytes = (ByteBuf) message;
            if (!bytes.isDirect()) {
                context.alloc()
                        .directBuffer(bytes.readableBytes())
                        .writeBytes(bytes)
                        .release();
            }
            bytes.release();
            promise.trySuccess();
        }

        @Override
        public void flush(ChannelHandlerContext context) {}
    }
}

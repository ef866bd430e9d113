package io.parley.webtransport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands first on each stream that a client opens, and looks at its first number: it is a stream of a session, or a
 * request. Of a request it counts the bytes: neither its head nor its capsules have reason to be many.
 *
 * <p><b>Threading.</b> Confined to the stream's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a stream that cannot be refused is gone
final class StreamEntry extends ChannelInboundHandlerAdapter {

    /** Two numbers. */
    private static final int LONGEST_HEADER = 16;

    private final Connection connection;
    private final int maxRequestBytes;
    private final ByteBuf header = Unpooled.buffer(LONGEST_HEADER, LONGEST_HEADER); // while it is not known what it is
    private boolean request;
    private long requestBytes;

    StreamEntry(Connection connection, int maxHeaderBytes) {
        this.connection = connection;
        maxRequestBytes = 2 * maxHeaderBytes; // the head, and as much of capsules
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
        } else if (request) {
            pass(context, bytes);
        } else {
            look(context, bytes);
        }
    }

    /** Takes the bytes. */
    private void look(ChannelHandlerContext context, ByteBuf bytes) {
        while (bytes.isReadable() && !request) {
            header.writeByte(bytes.readByte());
            if (!Wire.hasNumber(header)) {
                continue;
            }
            header.markReaderIndex();
            if (Wire.readNumber(header) != Wire.BIDIRECTIONAL_STREAM) {
                header.readerIndex(0);
                request = true;
            } else if (Wire.hasNumber(header)) {
                become(context, Wire.readNumber(header), bytes);
                return;
            } else {
                header.resetReaderIndex();
            }
        }
        if (request) {
            connection.onRequestStream(((QuicStreamChannel) context.channel()).streamId());
            pass(context, Unpooled.wrappedBuffer(header.copy(), bytes));
        } else {
            bytes.release();
        }
    }

    /** Takes the bytes. */
    private void pass(ChannelHandlerContext context, ByteBuf bytes) {
        requestBytes += bytes.readableBytes();
        if (requestBytes > maxRequestBytes) {
            bytes.release();
            connection.close(Wire.EXCESSIVE_LOAD);
        } else {
            context.fireChannelRead(bytes);
        }
    }

    /** Goes on as a stream of a session: HTTP/3 has no part in it. Takes the bytes. */
    private void become(ChannelHandlerContext context, long sessionId, ByteBuf bytes) {
        QuicStreamChannel stream = (QuicStreamChannel) context.channel();
        QuicWebTransport session = connection.take(stream, sessionId);
        ChannelPipeline pipeline = context.pipeline();
        handlersBut(pipeline, this).forEach(pipeline::remove);
        if (session == null) {
            connection.figures().refusedStreams.increment();
            bytes.release();
            pipeline.addLast(new SessionStream(null));
            stream.shutdown(Wire.STREAM_REJECTED);
        } else {
            pipeline.addLast(new SessionStream(session));
            context.fireChannelRead(bytes);
        }
        pipeline.remove(this);
    }

    private static List<ChannelHandler> handlersBut(ChannelPipeline pipeline, ChannelHandler one) {
        List<ChannelHandler> handlers = new ArrayList<>();
        for (Map.Entry<String, ChannelHandler> entry : pipeline) {
            if (!entry.getValue().equals(one)) {
                handlers.add(entry.getValue());
            }
        }
        return handlers;
    }

    /** What comes on a stream of a session, brought to the session; nothing when the stream was refused. */
    private static final class SessionStream extends ChannelInboundHandlerAdapter {

        private final @Nullable QuicWebTransport session;

        SessionStream(@Nullable QuicWebTransport session) {
            this.session = session;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                if (session != null && message instanceof ByteBuf bytes) {
                    session.onBytes(bytes.nioBuffer());
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (session != null && event instanceof io.netty.channel.socket.ChannelInputShutdownEvent) {
                session.onStreamEnded();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            lost("closed");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            lost(cause.getClass().getSimpleName());
            context.close();
        }

        private void lost(String why) {
            if (session != null) {
                session.onStreamLost(why);
            }
        }
    }
}

package io.parley.websocket.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.parley.websocket.http.HttpException;
import io.parley.websocket.http.InputBuffer;
import io.parley.websocket.http.ResponseHead;
import io.parley.websocket.http.ResponseHeadDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and reads the head of its answer. What comes behind the head is handed to the next handler when
 * this one is removed.
 *
 * <p><b>Threading.</b> Confined to the channel's event loop.
 */
final class Exchange extends ChannelInboundHandlerAdapter {

    private static final int SWITCHING_PROTOCOLS = 101;

    private final ByteBuffer request;
    private final int maxHeaderBytes;
    private final Callback callback;
    private final InputBuffer input = new InputBuffer();
    private ResponseHeadDecoder decoder;
    private boolean answered;

    /** Hears how it went, once. */
    interface Callback {

        /** The answer came. */
        void answered(ResponseHead answer);

        /** It did not. */
        void failed(IOException cause);
    }

    Exchange(ByteBuffer request, int maxHeaderBytes, Callback callback) {
        this.request = request;
        this.maxHeaderBytes = maxHeaderBytes;
        this.callback = callback;
        decoder = new ResponseHeadDecoder(maxHeaderBytes);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // when it cannot be written the channel is closed
    public void handlerAdded(ChannelHandlerContext context) {
        context.writeAndFlush(Unpooled.wrappedBuffer(request));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        input.add(context.alloc(), (ByteBuf) message);
        if (answered) {
            return;
        }
        try {
            ResponseHead head = readHead();
            if (head != null) {
                answered = true;
                callback.answered(head);
            }
        } catch (HttpException broken) {
            fail(new IOException(broken.problem()));
        }
    }

    /** The head of the answer, but for those that only say that it takes a while (RFC 9110 section 15.2). */
    private @Nullable ResponseHead readHead() {
        ResponseHead head = decoder.decode(input.bytes());
        while (head != null && head.status() < 200 && head.status() != SWITCHING_PROTOCOLS) {
            decoder = new ResponseHeadDecoder(maxHeaderBytes);
            head = decoder.decode(input.bytes());
        }
        return head;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ByteBuf rest = input.take();
        if (rest == null) {
            return;
        }
        if (context.channel().isActive()) {
            context.fireChannelRead(rest);
        } else {
            rest.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        input.release();
        fail(new IOException("Closed before the answer was complete"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause instanceof IOException broken ? broken : new IOException(cause));
    }

    private void fail(IOException cause) {
        if (!answered) {
            answered = true;
            callback.failed(cause);
        }
    }
}

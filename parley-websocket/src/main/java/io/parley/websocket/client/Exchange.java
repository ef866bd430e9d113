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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and reads the head of its answer. What comes behind the head is handed to the next handler when
 * this one is removed. When there is no such head, the next handler hears an exception.
 *
 * <p><b>Threading.</b> Confined to the channel's event loop.
 */
final class Exchange extends ChannelInboundHandlerAdapter {

    private static final int SWITCHING_PROTOCOLS = 101;

    private final ByteBuffer request;
    private final int maxHeaderBytes;
    private final Consumer<ResponseHead> whenAnswered;
    private final InputBuffer input = new InputBuffer();
    private ResponseHeadDecoder decoder;
    private boolean over; // answered, or not to be understood

    Exchange(ByteBuffer request, int maxHeaderBytes, Consumer<ResponseHead> whenAnswered) {
        this.request = request;
        this.maxHeaderBytes = maxHeaderBytes;
        this.whenAnswered = whenAnswered;
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
        if (over) {
            return;
        }
        try {
            ResponseHead head = readHead();
            if (head != null) {
                over = true;
                whenAnswered.accept(head);
            }
        } catch (HttpException broken) {
            over = true;
            context.fireExceptionCaught(new IOException(broken.problem()));
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
}

package io.parley.websocket.server;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.parley.websocket.connection.ChannelEnd;
import io.parley.websocket.connection.LifecycleEvent;
import java.time.Duration;

/**
 * Answers a connection that is not to be served, whatever it asks for, and closes it.
 *
 * <p><b>Threading.</b> Immutable; it may be in many pipelines.
 */
@Sharable
final class RefusalHandler extends ChannelInboundHandlerAdapter {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpResponse answer;

    RefusalHandler(HttpResponse answer) {
        this.answer = answer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        new AnswerOutput(ctx.channel()).writeLast(answer);
        ChannelEnd.endOutputWhenWritten(ctx.channel());
        ChannelEnd.closeAfter(ctx.channel(), PATIENCE);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == LifecycleEvent.CLOSING) {
            ChannelEnd.close(ctx.channel());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable expected) { // the peer did not wait for it
        ChannelEnd.close(ctx.channel());
    }
}

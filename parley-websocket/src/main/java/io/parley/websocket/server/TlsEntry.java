package io.parley.websocket.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import io.parley.websocket.connection.ChannelEnd;
import io.parley.websocket.connection.LifecycleEvent;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beginning of a connection on a port that speaks TLS. A connection that says nothing costs no TLS engine: that is
 * made when the first byte is one of TLS. When the handshake is done the connection's own handler takes this one's place.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop.
 */
final class TlsEntry extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

    private static final int HANDSHAKE_RECORD = 22; // RFC 8446 section 5.1

    private static final HttpResponse PLAIN =
            HttpResponse.text(400, "This port speaks TLS (expected: a URL that begins with https:// or wss://)\n");

    private final TlsContext tls;
    private final ServerCounters counters;
    private final Function<Channel, ChannelHandler> next;
    private @Nullable ScheduledFuture<?> timeout; // non-null once it was added
    private boolean handshaking;
    private boolean failed;

    TlsEntry(TlsContext tls, ServerCounters counters, Function<Channel, ChannelHandler> next) {
        this.tls = tls;
        this.counters = counters;
        this.next = next;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        long limit = tls.options().handshakeTimeout().toNanos();
        timeout = ctx.executor().schedule(() -> fail(ctx, "took too long"), limit, TimeUnit.NANOSECONDS);
        tls.onConnection();
    }

    /** The first bytes; what comes after them is read by the handler of TLS, and kept there until it is done. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (bytes.getUnsignedByte(bytes.readerIndex()) != HANDSHAKE_RECORD) {
            bytes.release();
            log.debug("{}: no TLS", ctx.channel().remoteAddress());
            ctx.pipeline().replace(this, null, new RefusalHandler(PLAIN));
        } else if (counters.beginHandshake(tls.options().maxHandshakes())) {
            begin(ctx, bytes);
        } else {
            bytes.release();
            ChannelEnd.close(ctx.channel());
        }
    }

    private void begin(ChannelHandlerContext ctx, ByteBuf first) {
        handshaking = true;
        SslHandler handler = tls.newHandler(ctx.alloc());
        ctx.pipeline().addFirst(handler);
        ctx.pipeline().fireChannelRead(first);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == LifecycleEvent.CLOSING) {
            ChannelEnd.close(ctx.channel());
        } else if (event instanceof SslHandshakeCompletionEvent done) {
            if (done.isSuccess()) {
                ctx.pipeline().replace(this, null, next.apply(ctx.channel()));
            } else {
                fail(ctx, String.valueOf(done.cause().getMessage()));
            }
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    /** To close it here may be to hear of another failure at once. */
    private void fail(ChannelHandlerContext ctx, String why) {
        if (!failed) {
            failed = true;
            log.debug("{}: TLS handshake: {}", ctx.channel().remoteAddress(), why);
            counters.failedHandshakes.increment();
            ChannelEnd.close(ctx.channel());
        }
    }

    /** In whichever way it ended: the connection has its own handler now, or is gone. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timeout != null) {
            timeout.cancel(false);
        }
        if (handshaking) {
            handshaking = false;
            counters.endHandshake();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) { // a handshake that failed has said why
        log.debug("{}: lost before its TLS handshake was done", ctx.channel().remoteAddress(), cause);
        ChannelEnd.close(ctx.channel());
    }
}

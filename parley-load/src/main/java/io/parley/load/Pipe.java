package io.parley.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;

/**
 * One network connection of a client, with TLS where the target has it.
 *
 * <p><b>Threading.</b> Confined to the loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails is told to exceptionCaught
abstract class Pipe extends ChannelInboundHandlerAdapter {

    private final Run run;
    private @Nullable ChannelHandlerContext context; // null until there is a connection
    private boolean over;

    Pipe(Run run) {
        this.run = run;
    }

    final Run run() {
        return run;
    }

    /** Begins to connect. */
    final void open() {
        run.network().connect(this).addListener(done -> {
            if (!done.isSuccess()) {
                fail(new LoadException(
                        "cannot connect to " + run.target() + ": " + messageOf(done.cause()), done.cause()));
            }
        });
    }

    private static String messageOf(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** It is connected, and secured where that is wanted. */
    abstract void onReady();

    /**
     * Bytes have come.
     *
     * @param in borrowed
     * @throws LoadException if they are not what was expected
     */
    abstract void onRead(ByteBuf in);

    /** The server has ended it. */
    abstract void onEnd();

    /** It failed, and nothing more is told. */
    abstract void onFailure(LoadException failure);

    /** Gives back what is kept; nothing is read or written after that. */
    abstract void release();

    @Override
    public final void handlerAdded(ChannelHandlerContext added) {
        context = added;
        if (over) {
            added.close();
        }
    }

    @Override
    public final void channelActive(ChannelHandlerContext active) {
        if (active.pipeline().get(SslHandler.class) == null && !over) {
            onReady();
        }
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext secured, Object event) {
        if (event instanceof SslHandshakeCompletionEvent done && !over) {
            if (done.isSuccess()) {
                onReady();
            } else {
                fail(new LoadException("TLS: " + messageOf(done.cause()), done.cause()));
            }
        }
    }

    @Override
    public final void channelRead(ChannelHandlerContext from, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (!over) {
                run.read(in.readableBytes());
                onRead(in);
            }
        } catch (LoadException wrong) {
            fail(wrong);
        } finally {
            in.release();
            if (over) {
                release();
            }
        }
    }

    @Override
    public final void channelInactive(ChannelHandlerContext gone) {
        if (!over) {
            onEnd();
        }
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        fail(new LoadException("the network: " + messageOf(cause), cause));
    }

    /** Writes without a flush. Taken. */
    final void write(ByteBuf bytes) {
        run.wrote(bytes.readableBytes());
        context().write(bytes, context().voidPromise());
    }

    final void flushNetwork() {
        context().flush();
    }

    final ChannelHandlerContext context() {
        ChannelHandlerContext there = context;
        if (there == null) {
            throw new IllegalStateException("Not connected (expected: sends when it is)");
        }
        return there;
    }

    final boolean isOver() {
        return over;
    }

    final void fail(LoadException failure) {
        if (!over) {
            close();
            onFailure(failure);
        }
    }

    /** Ends it; nothing more is told. */
    final void close() {
        if (!over) {
            over = true;
            release();
            if (context != null) {
                context.close();
            }
        }
    }
}

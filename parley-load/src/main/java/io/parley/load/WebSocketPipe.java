package io.parley.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket: its handshake, and then messages both ways. What is to be sent is collected until it is flushed.
 *
 * <p><b>Threading.</b> Confined to the loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails is told to exceptionCaught
final class WebSocketPipe extends ChannelInboundHandlerAdapter implements FrameReader.Listener {

    /** Whose WebSocket it is. */
    interface Owner {

        /** The handshake is done. */
        void onOpen();

        /** A message; the buffer is borrowed. */
        void onMessage(boolean text, boolean compressed, ByteBuf in, int index, int length);

        /** All that was read has been told. */
        void onBatchEnd();

        /** It is over, and nothing more is told. */
        void onFailure(LoadException failure);
    }

    private static final int MAX_HEAD_BYTES = 16 * 1024;
    private static final int MAX_JOINED_BYTES = 1024 * 1024;

    private final Run run;
    private final Owner owner;
    private final String path;
    private @Nullable Handshake handshake; // null when it is done
    private @Nullable StringBuilder head = new StringBuilder(); // null when it is complete
    private @Nullable FrameReader reader; // null until the handshake is done
    private @Nullable ChannelHandlerContext context; // null until the handler is added
    private @Nullable ByteBuf unsent; // null if there is nothing to flush
    private boolean over;

    /** A WebSocket at that path, with its query. */
    WebSocketPipe(Run run, Owner owner, String path) {
        this.run = run;
        this.owner = owner;
        this.path = path;
        handshake = new Handshake(run.target().deflate());
    }

    void open() {
        run.network().connect(this).addListener(done -> {
            if (!done.isSuccess()) {
                fail(new LoadException(
                        "Cannot connect to " + run.target() + ": " + messageOf(done.cause()), done.cause()));
            }
        });
    }

    private static String messageOf(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        if (active.pipeline().get(SslHandler.class) == null) {
            sendRequest(active);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext secured, Object event) {
        if (event instanceof SslHandshakeCompletionEvent done) {
            if (done.isSuccess()) {
                sendRequest(secured);
            } else {
                fail(new LoadException("TLS: " + messageOf(done.cause()), done.cause()));
            }
        }
    }

    private void sendRequest(ChannelHandlerContext active) {
        if (handshake != null) {
            active.writeAndFlush(handshake.request(run.target(), path), active.voidPromise());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (!over) {
                run.read(in.readableBytes());
                read(in, from);
            }
        } catch (LoadException wrong) {
            fail(wrong);
        } finally {
            in.release();
            if (over && reader != null) {
                reader.close();
            }
        }
    }

    private void read(ByteBuf in, ChannelHandlerContext from) {
        if (head != null && !readHead(head, in)) {
            return;
        }
        if (reader == null) {
            if (handshake != null) {
                handshake.check(String.valueOf(head));
            }
            handshake = null;
            head = null;
            reader = new FrameReader(from.alloc(), this);
            owner.onOpen();
        }
        reader.read(in);
        if (!over) {
            owner.onBatchEnd();
        }
    }

    /** Reads no further than the empty line: what follows it is frames. */
    private static boolean readHead(StringBuilder into, ByteBuf in) {
        while (in.isReadable()) {
            into.append((char) in.readUnsignedByte());
            int length = into.length();
            if (length > 3 && into.charAt(length - 1) == '\n' && into.indexOf("\r\n\r\n", length - 4) >= 0) {
                return true;
            }
            if (length > MAX_HEAD_BYTES) {
                throw new LoadException("WebSocket handshake answered with " + Shown.text(into.toString())
                        + " (expected: a head of at most " + MAX_HEAD_BYTES + " bytes)");
            }
        }
        return false;
    }

    @Override
    public void onMessage(boolean text, boolean compressed, ByteBuf in, int index, int length) {
        if (!over) {
            owner.onMessage(text, compressed, in, index, length);
        }
    }

    @Override
    public void onPing(ByteBuf in, int index, int length) {
        send(Frames.pong(in, index, length));
        flush();
    }

    @Override
    public void onClose(ByteBuf in, int index, int length) {
        String code = length < 2 ? "no code" : "code " + in.getUnsignedShort(index);
        String reason = length <= 2 ? "" : " and reason " + Shown.text(in, index + 2, length - 2);
        throw new LoadException("The server closed a WebSocket with " + code + reason + " (expected: it stays open)");
    }

    /** Where to append frames, to be flushed later. */
    ByteBuf out(int bytes) {
        if (unsent != null && unsent.readableBytes() > MAX_JOINED_BYTES) {
            write(unsent);
            unsent = null;
        }
        if (unsent == null) {
            unsent = context().alloc().directBuffer(bytes);
        }
        return unsent;
    }

    /** Appends a frame. */
    void send(byte[] frame) {
        out(frame.length).writeBytes(frame);
    }

    void flush() {
        if (unsent != null) {
            ByteBuf all = unsent;
            unsent = null;
            write(all);
            context().flush();
        }
    }

    private void write(ByteBuf all) {
        run.wrote(all.readableBytes());
        context().write(all, context().voidPromise());
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext there = context;
        if (there == null) {
            throw new IllegalStateException("Not connected (expected: sends when it is)");
        }
        return there;
    }

    @Override
    public void channelInactive(ChannelHandlerContext gone) {
        fail(new LoadException("The server closed a connection " + (reader == null ? "in the WebSocket handshake" : "")
                + " (expected: it stays open)"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        fail(new LoadException("A connection failed: " + messageOf(cause), cause));
    }

    private void fail(LoadException failure) {
        if (!over) {
            close();
            owner.onFailure(failure);
        }
    }

    /** Ends it; nothing more is told. */
    void close() {
        over = true;
        if (reader != null) {
            reader.close();
        }
        if (unsent != null) {
            unsent.release();
            unsent = null;
        }
        if (context != null) {
            context.channel().close();
        }
    }
}

package io.parley.websocket.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.parley.websocket.frame.FrameDecoder;
import io.parley.websocket.frame.FrameException;
import io.parley.websocket.frame.FrameListener;
import org.jspecify.annotations.Nullable;

/**
 * Takes what happens on a channel to its connection, bytes as frames. Keeps bytes that are not wanted yet; holds none
 * otherwise, nor a decoder between two messages.
 *
 * <p><b>Threading.</b> Confined to the channel's event loop.
 */
final class FrameReader extends ChannelInboundHandlerAdapter {

    /** So many messages and control frames are taken in a row before others get their turn. */
    static final int TURN = 64;

    private final Channel channel;
    private final Host host;
    private @Nullable FrameDecoder decoder; // null between two messages, unless it has to remember something
    private boolean paused;
    private boolean waiting; // for the next turn, with more in hand than one is for
    private @Nullable ByteBuf held; // ours; non-null while bytes wait that are not wanted yet

    /** The connection. */
    interface Host extends FrameListener {

        /** What makes frames of bytes from here on. */
        FrameDecoder newDecoder();

        /** Whether frames are wanted now. */
        boolean isDecoding();

        /** Whether frames are wanted, now or later. */
        boolean mayDecode();

        /** Something came. */
        void onHeard();

        /** So many frames and bytes were decoded. */
        void onBytes(int frames, int bytes);

        /** The peer broke the protocol. */
        void onMistake(FrameException mistake);

        /** A listener threw. */
        void onFailure(Throwable thrown);

        /** The server or client that the connection belongs to closes. */
        void onOwnerCloses();

        /** The channel failed. */
        void onBroken(Throwable cause);

        /** The channel is closed. */
        void onInactive();
    }

    FrameReader(Channel channel, Host host) {
        this.channel = channel;
        this.host = host;
    }

    Host host() {
        return host;
    }

    boolean isPaused() {
        return paused;
    }

    void pause() {
        paused = true;
        readOnIfWanted();
    }

    void resume() {
        paused = false;
        if (!waiting) {
            readOnIfWanted();
            goOn();
        }
    }

    private void readOnIfWanted() {
        channel.config().setAutoRead(!paused && !waiting);
    }

    /** Reads on, whether anybody wants it or not. */
    void readOver() {
        paused = false;
        waiting = false;
        readOnIfWanted();
    }

    /** Decodes what was kept, if it is wanted now. */
    void goOn() {
        ByteBuf in = held;
        if (in != null && isDecoding()) {
            held = null;
            decode(in);
        }
    }

    /** Nothing more is decoded: drops what was kept. */
    void close() {
        if (decoder != null) {
            decoder.close();
        }
        if (held != null) {
            held.release();
            held = null;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        host.onHeard();
        if (held == null) {
            decode(in);
        } else {
            held.discardReadBytes().writeBytes(in);
            in.release();
        }
    }

    /** Decodes until there is nothing more, nothing more is wanted, or it is others' turn. {@code in} is taken. */
    private void decode(ByteBuf in) {
        int before = in.readableBytes();
        FrameDecoder using = decoder == null ? host.newDecoder() : decoder;
        decoder = using; // for close()
        try {
            for (int left = TURN; isDecoding() && using.decode(in, host); left--) {
                if (left == 1 && in.isReadable() && channel.isActive()) {
                    awaitTurn();
                }
            }
        } catch (FrameException mistake) {
            host.onMistake(mistake);
        } catch (RuntimeException | Error thrown) {
            host.onFailure(thrown);
        }
        host.onBytes(using.takeFrames(), before - in.readableBytes());
        if (using.isBlank()) {
            decoder = null; // thousands of connections wait for a message, and few are in the middle of one
        }
        if (in.isReadable() && host.mayDecode()) {
            held = in;
        } else {
            in.release();
        }
    }

    private boolean isDecoding() {
        return !paused && !waiting && host.isDecoding();
    }

    /** A peer that sends without a pause must not keep the loop: the rest has to wait, and what follows it as well. */
    private void awaitTurn() {
        waiting = true;
        readOnIfWanted();
        NettyEventLoop.of(channel.eventLoop()).nextTurn(this::takeTurn);
    }

    private void takeTurn() {
        if (waiting) {
            waiting = false;
            goOn();
            readOnIfWanted(); // not before: it may have to wait again
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == LifecycleEvent.CLOSING) {
            host.onOwnerCloses();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        host.onBroken(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        paused = false; // what came before the end is delivered before the end
        waiting = false;
        goOn();
        host.onInactive();
    }
}

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
 * The receiving half of a connection, and the handler of its channel: takes what happens there to the connection, bytes as
 * frames. Keeps bytes that are not wanted yet; holds none otherwise, nor a decoder between two messages.
 *
 * <p><b>Threading.</b> Confined to the channel's event loop.
 */
abstract class FrameReader extends ChannelInboundHandlerAdapter implements FrameListener {

    /** So many messages and control frames are taken in a row before others get their turn. */
    static final int TURN = 64;

    private @Nullable FrameDecoder decoder; // null between two messages, unless it has to remember something
    private boolean paused;
    private boolean waiting; // for the next turn, with more in hand than one is for
    private @Nullable ByteBuf held; // ours; non-null while bytes wait that are not wanted yet

    /** The channel that it reads from. */
    abstract Channel channel();

    /** What makes frames of bytes from here on. */
    abstract FrameDecoder newDecoder();

    /** Whether frames are wanted now. */
    abstract boolean isDecoding();

    /** Whether frames are wanted, now or later. */
    abstract boolean mayDecode();

    /** Something came. */
    abstract void onHeard();

    /** So many frames and bytes were decoded. */
    abstract void onBytes(int frames, int bytes);

    /** The peer broke the protocol. */
    abstract void onMistake(FrameException mistake);

    /** A listener threw. */
    abstract void onFailure(Throwable thrown);

    /** The server or client that the connection belongs to closes. */
    abstract void onOwnerCloses();

    /** The channel failed. */
    abstract void onBroken(Throwable cause);

    /** The channel is closed. */
    abstract void onInactive();

    final boolean isPaused() {
        return paused;
    }

    final void pauseDecoding() {
        paused = true;
        readOnIfWanted();
    }

    final void resumeDecoding() {
        paused = false;
        if (!waiting) {
            readOnIfWanted();
            decodeHeld();
        }
    }

    private void readOnIfWanted() {
        AutoRead.set(channel(), !paused && !waiting);
    }

    /** Reads on, whether anybody wants it or not. */
    final void readOver() {
        paused = false;
        waiting = false;
        readOnIfWanted();
    }

    /** Decodes what was kept, if it is wanted now. */
    final void decodeHeld() {
        ByteBuf in = held;
        if (in != null && isTaking()) {
            held = null;
            decode(in);
        }
    }

    /** Nothing more is decoded: drops what was kept. */
    final void endDecoding() {
        if (decoder != null) {
            decoder.close();
        }
        if (held != null) {
            held.release();
            held = null;
        }
    }

    @Override
    public final void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        onHeard();
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
        FrameDecoder using = decoder == null ? newDecoder() : decoder;
        decoder = using; // for endDecoding()
        try {
            for (int left = TURN; isTaking() && using.decode(in, this); left--) {
                if (left == 1 && in.isReadable() && channel().isActive()) {
                    awaitTurn();
                }
            }
        } catch (FrameException mistake) {
            onMistake(mistake);
        } catch (RuntimeException | Error thrown) {
            onFailure(thrown);
        }
        onBytes(using.takeFrames(), before - in.readableBytes());
        if (using.isBlank()) {
            decoder = null; // thousands of connections wait for a message, and few are in the middle of one
        }
        if (in.isReadable() && mayDecode()) {
            held = in;
        } else {
            in.release();
        }
    }

    private boolean isTaking() {
        return !paused && !waiting && isDecoding();
    }

    /** A peer that sends without a pause must not keep the loop: the rest has to wait, and what follows it as well. */
    private void awaitTurn() {
        waiting = true;
        readOnIfWanted();
        NettyEventLoop.of(channel().eventLoop()).nextTurn(this::takeTurn);
    }

    private void takeTurn() {
        if (waiting) {
            waiting = false;
            decodeHeld();
            readOnIfWanted(); // not before: it may have to wait again
        }
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == LifecycleEvent.CLOSING) {
            onOwnerCloses();
        }
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        onBroken(cause);
    }

    @Override
    public final void channelInactive(ChannelHandlerContext context) {
        paused = false; // what came before the end is delivered before the end
        waiting = false;
        decodeHeld();
        onInactive();
    }
}

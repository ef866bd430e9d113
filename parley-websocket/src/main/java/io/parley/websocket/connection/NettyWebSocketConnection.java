package io.parley.websocket.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.parley.websocket.CloseCode;
import io.parley.websocket.ConnectionFigures;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.EventLoop;
import io.parley.websocket.PreparedMessage;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.WebSocketListener;
import io.parley.websocket.connection.Outbox.Kind;
import io.parley.websocket.frame.FrameDecoder;
import io.parley.websocket.frame.FrameEncoder;
import io.parley.websocket.frame.FrameException;
import io.parley.websocket.frame.FrameListener;
import io.parley.websocket.frame.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of a WebSocket: the one handler in the pipeline after the upgrade, but for TLS.
 *
 * <p><b>Threading.</b> Confined to its event loop, but for the methods of {@link WebSocketConnection}, which are safe
 * for any thread: they do at once what the loop does, and hop to it from elsewhere.
 */
public final class NettyWebSocketConnection extends ChannelInboundHandlerAdapter
        implements WebSocketConnection, FrameListener {

    private static final Logger log = LoggerFactory.getLogger(NettyWebSocketConnection.class);

    /** How far a connection is. It only moves on. */
    private enum State {
        /** HTTP is leaving the pipeline; what arrives is kept. */
        HANDSHAKE,
        OPEN,
        /** We have sent a close frame and wait for the peer's. */
        CLOSING,
        /** The listener has heard the end; what is left is to get rid of the network connection. */
        ENDED
    }

    private final Channel channel;
    private final NettyEventLoop loop;
    private final WebSocketListener listener;
    private final Agreement agreement;
    private final int maxBufferedBytes;
    private final Duration closeTimeout;
    private final FrameDecoder decoder;
    private final Outbox outbox;

    private volatile State state = State.HANDSHAKE; // written on the loop only
    private boolean paused;
    private @Nullable ByteBuf held; // ours; non-null while bytes wait that came before OPEN or while paused
    private @Nullable ByteBuffer unansweredPing; // the latest; non-null while too much waits to be sent
    private EventLoop.@Nullable Timeout closing; // non-null from the first step of the closing on

    /** A connection that is not open yet, to be made on the loop of {@code channel}. */
    public NettyWebSocketConnection(
            Channel channel, Role role, ConnectionOptions options, Agreement agreement, WebSocketListener listener) {
        this.channel = channel;
        this.listener = listener;
        this.agreement = agreement;
        maxBufferedBytes = options.maxBufferedBytes();
        closeTimeout = options.closeTimeout();
        decoder = new FrameDecoder(role, options.maxMessageBytes());
        loop = NettyEventLoop.of(channel.eventLoop());
        outbox = new Outbox(channel, loop, maxBufferedBytes, this::drained);
    }

    /**
     * Opens it, once it is the only handler: the answer to the handshake leaves together with what the listener sends
     * first, and then the bytes are decoded that came behind the handshake.
     */
    public void open(ByteBuffer handshakeAnswer) {
        outbox.add(Kind.WIRE, handshakeAnswer);
        state = State.OPEN;
        try {
            listener.onOpen(this);
        } catch (RuntimeException | Error thrown) {
            failBecauseOf(thrown);
        }
        decodeHeld();
    }

    @Override
    public EventLoop eventLoop() {
        return loop;
    }

    @Override
    public String subprotocol() {
        return agreement.subprotocol();
    }

    @Override
    public String extensions() {
        return agreement.extensions();
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return channel.remoteAddress();
    }

    @Override
    public boolean isOpen() {
        return state == State.OPEN;
    }

    // --- sending ---

    @Override
    public void send(String text, boolean compress) {
        submit(Kind.TEXT, ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    @Override
    public void send(ByteBuffer bytes, boolean compress) {
        submit(Kind.BINARY, loop.inEventLoop() ? bytes.duplicate() : copyOf(bytes));
    }

    @Override
    public void send(PreparedMessage message, boolean compress) {
        submit(Kind.WIRE, message.frame());
    }

    @Override
    public CompletableFuture<Void> stream(boolean text, InputStream source, long length, Executor reader) {
        return CompletableFuture.failedFuture(new IOException("Not open"));
    }

    @Override
    public void ping(ByteBuffer payload) {
        submit(Kind.WIRE, FrameEncoder.ping(payload));
    }

    @Override
    public long bufferedAmount() {
        return outbox.bufferedAmount();
    }

    @Override
    public boolean isWritable() {
        return outbox.isWritable();
    }

    @Override
    public ConnectionFigures figures() {
        return new ConnectionFigures(0, 0, 0, 0, outbox.bufferedAmount());
    }

    private void submit(Kind kind, ByteBuffer bytes) {
        if (state != State.OPEN) {
            return;
        }
        int size = bytes.remaining();
        if (size > maxBufferedBytes - outbox.bufferedAmount()) {
            loop.run(this::cutSlowPeer);
        } else if (loop.inEventLoop()) {
            outbox.add(kind, bytes);
        } else {
            outbox.announce(size);
            loop.execute(() -> addAnnounced(kind, bytes));
        }
    }

    private void addAnnounced(Kind kind, ByteBuffer bytes) {
        outbox.arrived(bytes.remaining());
        if (state == State.OPEN) {
            outbox.add(kind, bytes);
        }
    }

    private void cutSlowPeer() {
        log.debug("{}: more than {} bytes wait to be sent", this, maxBufferedBytes);
        cut("More than " + maxBufferedBytes + " bytes wait to be sent (the peer reads too slowly)");
    }

    /** The outbox is below its high-water mark again. */
    private void drained() {
        if (state != State.OPEN) {
            return;
        }
        if (unansweredPing != null) {
            outbox.add(Kind.WIRE, FrameEncoder.pong(unansweredPing));
            unansweredPing = null;
        }
        try {
            listener.onDrain(this);
        } catch (RuntimeException | Error thrown) {
            failBecauseOf(thrown);
        }
    }

    // --- receiving ---

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (held == null) {
            decode(in);
        } else {
            held.discardReadBytes().writeBytes(in);
            in.release();
        }
    }

    @Override
    public void pauseReading() {
        loop.run(() -> {
            paused = true;
            channel.config().setAutoRead(false);
        });
    }

    @Override
    public void resumeReading() {
        loop.run(() -> {
            paused = false;
            channel.config().setAutoRead(true);
            decodeHeld();
        });
    }

    private void decodeHeld() {
        ByteBuf in = held;
        if (in != null && isReading()) {
            held = null;
            decode(in);
        }
    }

    /** Decodes until there is nothing more, or nothing more is wanted. {@code in} is taken. */
    private void decode(ByteBuf in) {
        try {
            while (isReading() && decoder.decode(in, this)) {}
        } catch (FrameException mistake) {
            log.debug("{}: {}", this, mistake.reason());
            fail(mistake.closeCode(), mistake.reason());
        } catch (RuntimeException | Error thrown) {
            failBecauseOf(thrown);
        }
        if (in.isReadable() && state != State.ENDED) {
            held = in;
        } else {
            in.release();
        }
    }

    private boolean isReading() {
        return !paused && (state == State.OPEN || state == State.CLOSING);
    }

    @Override
    public void onText(String text) {
        listener.onText(this, text);
    }

    @Override
    public void onBinary(ByteBuffer bytes) {
        listener.onBinary(this, bytes);
    }

    @Override
    public void onPing(ByteBuffer payload) {
        if (state == State.CLOSING) {
            return; // nothing may follow our close frame
        }
        if (outbox.isWritable()) {
            outbox.add(Kind.WIRE, FrameEncoder.pong(payload));
        } else {
            unansweredPing = payload; // only the latest needs an answer (RFC 6455 section 5.5.3)
        }
    }

    @Override
    public void onPong(ByteBuffer payload) {
        listener.onPong(this, payload);
    }

    /** The peer's close frame: answered, unless it is the answer. Then it is for the server to close (section 7.1.1). */
    @Override
    public void onClose(int code, String reason) {
        if (state == State.OPEN) {
            outbox.add(Kind.WIRE, code == CloseCode.NO_STATUS ? FrameEncoder.close() : FrameEncoder.close(code, ""));
        }
        outbox.flush();
        ChannelEnd.closeWhenWritten(channel);
        limitClosing();
        end(code, reason);
    }

    // --- closing ---

    @Override
    public void close() {
        startClosing(FrameEncoder.close());
    }

    @Override
    public void close(int code, String reason) {
        startClosing(FrameEncoder.close(code, reason));
    }

    @Override
    public void terminate() {
        loop.run(() -> cut("Terminated"));
    }

    private void startClosing(ByteBuffer closeFrame) {
        loop.run(() -> {
            if (state == State.OPEN) {
                outbox.add(Kind.WIRE, closeFrame);
                state = State.CLOSING;
                limitClosing();
            }
        });
    }

    private void limitClosing() {
        if (closing == null) {
            closing = loop.schedule(
                    () -> cut("Closing took longer than " + closeTimeout.toMillis() + " ms"), closeTimeout);
        }
    }

    private void failBecauseOf(Throwable thrown) {
        log.error("{}: its listener failed", this, thrown);
        fail(CloseCode.INTERNAL_ERROR, "The server failed");
    }

    /**
     * Sends a close frame and decodes no more (RFC 6455 section 7.1.7). What the peer still sends is read over until it
     * closes: to close with unread bytes would reset the connection, and the peer might never see the close frame.
     */
    private void fail(int code, String reason) {
        if (state == State.ENDED) {
            return;
        }
        if (state == State.OPEN) {
            outbox.add(Kind.WIRE, FrameEncoder.close(code, reason));
        }
        limitClosing();
        outbox.flush();
        ChannelEnd.endOutputWhenWritten(channel);
        channel.config().setAutoRead(true);
        end(code, reason);
    }

    private void cut(String reason) {
        ChannelEnd.close(channel);
        end(CloseCode.ABNORMAL, reason);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == LifecycleEvent.CLOSING) {
            close(CloseCode.GOING_AWAY, "The server closes");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            log.debug("{}: connection lost: {}", this, cause.getMessage());
        } else {
            log.error("{}: failed", this, cause);
        }
        cut("Connection lost");
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        paused = false; // what came before the end is delivered before the end
        decodeHeld();
        if (closing != null) {
            closing.cancel();
        }
        outbox.clear();
        end(CloseCode.ABNORMAL, "Connection lost");
    }

    /** Tells the listener, the first time. */
    private void end(int code, String reason) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        if (held != null) {
            held.release();
            held = null;
        }
        try {
            listener.onClose(this, code, reason);
        } catch (RuntimeException | Error thrown) {
            log.error("{}: its listener failed", this, thrown);
        }
    }

    private static ByteBuffer copyOf(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }

    @Override
    public String toString() {
        return "WebSocket " + channel.remoteAddress();
    }
}

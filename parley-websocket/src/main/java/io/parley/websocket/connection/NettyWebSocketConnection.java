package io.parley.websocket.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.Channel;
import io.parley.websocket.CloseCode;
import io.parley.websocket.ConnectionFigures;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.EventLoop;
import io.parley.websocket.PreparedMessage;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.WebSocketListener;
import io.parley.websocket.frame.FrameDecoder;
import io.parley.websocket.frame.FrameEncoder;
import io.parley.websocket.frame.FrameException;
import io.parley.websocket.frame.Opcode;
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
 * One end of a WebSocket, and its handler: the only one in the pipeline after the upgrade, but for TLS. There may be a
 * hundred thousand that do nothing, so it is two objects: what comes is read here, what goes is in the sender.
 *
 * <p><b>Threading.</b> Confined to its event loop, but for the methods of {@link WebSocketConnection}, which are safe
 * for any thread: they do at once what the loop does, and hop to it from elsewhere.
 */
public final class NettyWebSocketConnection extends FrameReader
        implements WebSocketConnection, MessageSender.Host, Liveness.Host {

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

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final WebSocketListener listener;
    private final Agreement agreement;
    private final ConnectionOptions options;
    private final MessageSender sender;

    private volatile State state = State.HANDSHAKE; // written on the loop only
    private volatile boolean readTooSlowly; // the peer, who was cut for it
    private boolean closeSent; // our close frame: nothing follows it
    private @Nullable ByteBuffer unansweredPing; // the latest; non-null while too much waits to be sent
    private @Nullable Liveness liveness; // non-null while open, if asked for
    private EventLoop.@Nullable Timeout closing; // non-null from the first step of the closing on
    private volatile @Nullable CloseFrame received; // non-null once the peer's close frame is here

    /** What stood in the peer's close frame. */
    private record CloseFrame(int code, String reason) {}

    /**
     * A connection that is not open yet, to be made on the loop of {@code channel}.
     *
     * @param role which end this is
     * @param agreement what the handshake settled
     */
    public NettyWebSocketConnection(
            Channel channel, Role role, ConnectionOptions options, Agreement agreement, WebSocketListener listener) {
        this.options = options;
        this.agreement = agreement;
        this.listener = listener;
        NettyEventLoop loop = NettyEventLoop.of(channel.eventLoop());
        sender = new MessageSender(channel, loop, role, Compressor.of(role, options, agreement.deflate()), this);
    }

    /**
     * Opens it, once it is the only handler: the answer to the handshake leaves together with what the listener sends
     * first, and then the bytes are decoded that came behind the handshake.
     *
     * @param handshakeAnswer empty at the end that has received it
     */
    public void open(ByteBuffer handshakeAnswer) {
        sender.addHandshake(handshakeAnswer);
        state = State.OPEN;
        liveness = Liveness.watch(this, sender.loop(), options);
        try {
            listener.onOpen(this);
        } catch (RuntimeException | Error thrown) {
            onFailure(thrown);
        }
        decodeHeld();
    }

    /** The WebSocket on a channel; null when there is none. */
    public static @Nullable NettyWebSocketConnection of(Channel channel) {
        return channel.pipeline().get(NettyWebSocketConnection.class);
    }

    @Override
    Channel channel() {
        return sender.channel();
    }

    @Override
    public NettyEventLoop eventLoop() {
        return sender.loop();
    }

    @Override
    public ConnectionOptions options() {
        return options;
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
        return PeerAddress.of(channel());
    }

    @Override
    public boolean isOpen() {
        return state == State.OPEN;
    }

    /** Whether the peer's close frame has arrived: without it the connection did not end cleanly. */
    public boolean isCloseReceived() {
        return received != null;
    }

    @Override
    public ConnectionFigures figures() {
        return new ConnectionFigures(
                sender.framesReceived(),
                sender.bytesReceived(),
                sender.framesSent(),
                sender.bytesSent(),
                sender.queuedBytes());
    }

    /** Bytes of messages that were handed to the network: what {@link #bufferedAmount} went down by without a loss. */
    public long messageBytesSent() {
        return sender.messageBytesSent();
    }

    // --- sending ---

    @Override
    public void send(String text, boolean compress) {
        sender.submit(Opcode.TEXT, ByteBuffer.wrap(text.getBytes(UTF_8)), compress);
    }

    @Override
    public void send(ByteBuffer bytes, boolean compress) {
        sender.submit(bytes, compress);
    }

    @Override
    public void send(PreparedMessage message, boolean compress) {
        sender.submit(message, compress);
    }

    /** Counts a message of a {@link Broadcast}; false if the connection takes none. */
    boolean accept(PreparedMessage message) {
        return sender.accept(message);
    }

    /** Sends a message that was accepted, on the loop. */
    void sendAccepted(PreparedMessage message) {
        sender.sendAccepted(message, true);
    }

    @Override
    public CompletableFuture<Void> stream(boolean text, InputStream source, long length, Executor reader) {
        return sender.submit(text, source, length, reader);
    }

    @Override
    public CompletableFuture<Void> flushed() {
        CompletableFuture<Void> flushed = new CompletableFuture<>();
        sender.loop().run(() -> {
            if (channel().isActive()) {
                sender.flushThen(() -> tellFlushed(flushed), reason -> abandon(flushed, reason));
            } else {
                abandon(flushed, "Connection lost");
            }
        });
        return flushed;
    }

    private void tellFlushed(CompletableFuture<Void> flushed) {
        if (channel().isActive()) {
            flushed.complete(null);
        } else {
            abandon(flushed, "Connection lost");
        }
    }

    private static void abandon(CompletableFuture<Void> flushed, String reason) {
        flushed.completeExceptionally(new IOException("Not sent: " + reason));
    }

    @Override
    public boolean isCutForSlowReading() {
        return readTooSlowly;
    }

    @Override
    public void onTooMuchWaiting() {
        readTooSlowly = true;
        log.debug("{}: more than {} bytes wait to be sent", this, options.maxBufferedBytes());
        cut("More than " + options.maxBufferedBytes() + " bytes wait to be sent (the peer reads too slowly)");
    }

    @Override
    public void onUnreadableMessage() {
        fail(CloseCode.INTERNAL_ERROR, "A message could not be read to its end");
    }

    @Override
    public void ping(ByteBuffer payload) {
        ByteBuffer checked = FrameEncoder.controlPayload(Opcode.PING, payload);
        sender.loop().run(() -> {
            if (state == State.OPEN) {
                addControl(Opcode.PING, checked);
            }
        });
    }

    private void addControl(Opcode opcode, ByteBuffer payload) {
        sender.addControl(FrameEncoder.FINAL | opcode.code(), payload);
    }

    @Override
    public long bufferedAmount() {
        return sender.bufferedAmount();
    }

    @Override
    public boolean isWritable() {
        return sender.isWritable();
    }

    /** The outbox is below its high-water mark again. */
    @Override
    public void onDrained() {
        if (state != State.OPEN) {
            return;
        }
        if (unansweredPing != null) {
            addControl(Opcode.PONG, unansweredPing);
            unansweredPing = null;
        }
        try {
            listener.onDrain(this);
        } catch (RuntimeException | Error thrown) {
            onFailure(thrown);
        }
    }

    // --- being there ---

    @Override
    void onHeard() {
        if (liveness != null) {
            liveness.heard();
        }
    }

    @Override
    public void onMessageSent() {
        noteMessage();
    }

    private void noteMessage() {
        if (liveness != null) {
            liveness.message();
        }
    }

    @Override
    public boolean isDeaf() {
        return isPaused();
    }

    @Override
    public void ping() {
        ping(NOTHING);
    }

    @Override
    public void onNoPong(Duration timeout) {
        cut("No answer to a ping within " + timeout.toMillis() + " ms");
    }

    @Override
    public void onIdle(Duration timeout) {
        close(CloseCode.GOING_AWAY, "No message for " + timeout.toMillis() + " ms");
    }

    // --- receiving ---

    @Override
    public void pauseReading() {
        sender.loop().run(this::pauseDecoding);
    }

    @Override
    public void resumeReading() {
        sender.loop().run(this::resumeDecoding);
    }

    @Override
    boolean isDecoding() {
        return state != State.HANDSHAKE && mayDecode();
    }

    @Override
    boolean mayDecode() {
        return state != State.ENDED && received == null;
    }

    @Override
    FrameDecoder newDecoder() {
        return new FrameDecoder(sender.role(), options, agreement.deflate());
    }

    @Override
    void onBytes(int frames, int bytes) {
        sender.received(frames, bytes);
    }

    @Override
    void onMistake(FrameException mistake) {
        log.debug("{}: {}", this, mistake.description());
        String told = sender.role() == Role.SERVER ? mistake.description() : mistake.reason();
        fail(mistake.closeCode(), mistake.reason(), told);
    }

    @Override
    void onFailure(Throwable thrown) {
        log.error("{}: its listener failed", this, thrown);
        fail(CloseCode.INTERNAL_ERROR, sender.role() == Role.SERVER ? "The server failed" : "The client failed");
    }

    @Override
    public void onText(String text) {
        noteMessage();
        listener.onText(this, text);
    }

    @Override
    public void onBinary(ByteBuffer bytes) {
        noteMessage();
        listener.onBinary(this, bytes);
    }

    @Override
    public void onPart(boolean text, ByteBuffer bytes, boolean last) {
        noteMessage();
        listener.onPart(this, text, bytes, last);
    }

    @Override
    public void onPing(ByteBuffer payload) {
        if (closeSent) {
            return; // nothing may follow our close frame
        }
        if (sender.isWritable()) {
            addControl(Opcode.PONG, payload);
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
        received = new CloseFrame(code, reason);
        sender.abort("the peer closed with " + code);
        sendClose(code == CloseCode.NO_STATUS ? NOTHING : FrameEncoder.closePayload(code, reason));
        sender.flush();
        limitClosing();
        if (sender.role() == Role.SERVER) {
            ChannelEnd.closeWhenWritten(channel());
            end(code, reason);
        } else {
            state = State.CLOSING;
        }
    }

    // --- closing ---

    @Override
    public void close() {
        startClosing(NOTHING);
    }

    @Override
    public void close(int code, String reason) {
        startClosing(FrameEncoder.closePayload(code, reason));
    }

    @Override
    public void terminate() {
        sender.loop().run(() -> cut("Terminated"));
    }

    private void startClosing(ByteBuffer payload) {
        sender.loop().run(() -> {
            if (state == State.OPEN) {
                state = State.CLOSING;
                sender.afterAll(() -> {
                    sendClose(payload);
                    limitClosing();
                });
            }
        });
    }

    /** Sends our close frame, unless it has been. */
    private void sendClose(ByteBuffer payload) {
        if (!closeSent) {
            addControl(Opcode.CLOSE, payload.duplicate());
            closeSent = true;
        }
    }

    private void limitClosing() {
        if (closing == null) {
            Duration limit = options.closeTimeout();
            closing = sender.loop().schedule(() -> cut("Closing took longer than " + limit.toMillis() + " ms"), limit);
        }
    }

    /**
     * Sends a close frame and decodes no more (RFC 6455 section 7.1.7). What the peer still sends is read over until it
     * closes: to close with unread bytes would reset the connection, and the peer might never see the close frame.
     */
    private void fail(int code, String reason) {
        fail(code, reason, reason);
    }

    /** As above; the peer is told the reason, the listener what happened. */
    private void fail(int code, String reason, String description) {
        if (state == State.ENDED) {
            return;
        }
        sender.abort(reason);
        sendClose(FrameEncoder.closePayload(code, reason));
        limitClosing();
        sender.flush();
        ChannelEnd.endOutputWhenWritten(channel());
        readOver();
        end(code, description);
    }

    private void cut(String reason) {
        if (sender.isWritable()) {
            ChannelEnd.close(channel());
        } else {
            sender.loop().closeInTurn(channel());
        }
        end(CloseCode.ABNORMAL, reason);
    }

    @Override
    void onOwnerCloses() {
        close(CloseCode.GOING_AWAY, "The server closes");
    }

    @Override
    void onBroken(Throwable cause) {
        if (ConnectionFailure.isOfPeer(cause)) {
            log.debug("{}: connection lost: {}", this, cause.getMessage());
        } else {
            log.error("{}: failed", this, cause);
        }
        cut("Connection lost");
    }

    @Override
    void onInactive() {
        if (closing != null) {
            closing.cancel();
        }
        sender.clear();
        end(CloseCode.ABNORMAL, "Connection lost");
    }

    /** Tells the listener, the first time; what the peer's close frame said goes before what happened afterwards. */
    private void end(int code, String reason) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        sender.abort(reason);
        if (liveness != null) {
            liveness.stop();
            liveness = null;
        }
        endDecoding();
        CloseFrame last = received;
        try {
            listener.onClose(this, last == null ? code : last.code, last == null ? reason : last.reason);
        } catch (RuntimeException | Error thrown) {
            log.error("{}: its listener failed", this, thrown);
        }
    }

    @Override
    public String toString() {
        return "WebSocket " + channel().remoteAddress();
    }
}

package io.parley.websocket.connection;

import static io.parley.websocket.frame.FrameEncoder.COMPRESSED;
import static io.parley.websocket.frame.FrameEncoder.FINAL;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.PreparedMessage;
import io.parley.websocket.frame.Opcode;
import io.parley.websocket.frame.Role;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An outbox that makes frames of messages, in the order in which they were sent: while one is streamed, those after it
 * wait.
 *
 * <p><b>Threading.</b> What is named {@code submit} is safe for any thread, everything else confined to the connection's
 * event loop.
 */
final class MessageSender extends Outbox implements OutgoingStream.Host {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** The connection that the messages belong to. */
    interface Host {

        /** Its limits. */
        ConnectionOptions options();

        /** Whether messages are accepted; for any thread. */
        boolean isOpen();

        /** A message, or a part of one, is with the outbox. */
        void onMessageSent();

        /** More waits to be sent than may. */
        void onTooMuchWaiting();

        /** A message broke off after its first frame: the connection is of no more use. */
        void onUnreadableMessage();

        /** Little enough waits again. */
        void onDrained();
    }

    private final Host host;
    private final @Nullable Compressor compressor; // null when messages are not compressed
    private @Nullable OutgoingStream stream; // non-null while one is on its way
    private @Nullable ArrayDeque<Waiting> behind; // non-null from the first on that had to wait for a stream

    /**
     * A message behind a stream.
     *
     * @param send to be run when it is its turn
     * @param abandoned told the reason when that never comes
     */
    private record Waiting(Runnable send, Consumer<String> abandoned) {}

    MessageSender(Channel channel, NettyEventLoop loop, Role role, @Nullable Compressor compressor, Host host) {
        super(channel, loop, role);
        this.host = host;
        this.compressor = compressor;
    }

    @Override
    ConnectionOptions options() {
        return host.options();
    }

    @Override
    void onDrained() {
        host.onDrained();
    }

    // --- from any thread ---

    /** Sends a message, unless the connection is over by the time the loop has it. */
    void submit(Opcode opcode, ByteBuffer payload, boolean compress) {
        int length = payload.remaining();
        if (!accepts(length)) {
            return;
        }
        if (loop().inEventLoop()) {
            send(opcode, payload, compress);
        } else {
            loop().execute(() -> {
                if (isStillWanted(length)) {
                    send(opcode, payload, compress);
                }
            });
        }
    }

    /**
     * Sends a binary message, likewise.
     *
     * @param bytes borrowed: copied where that is necessary, and the position stays
     */
    void submit(ByteBuffer bytes, boolean compress) {
        if (loop().inEventLoop()) {
            submit(Opcode.BINARY, bytes.duplicate(), compress);
            return;
        }
        LargeFrame frame = isSentAsItIs(bytes.remaining(), compress) ? LargeFrame.of(bytes) : null;
        if (frame == null) {
            submit(Opcode.BINARY, copyOf(bytes), compress);
        } else {
            submit(frame);
        }
    }

    /** Whether a message is large, and its bytes are those of its frame. */
    private boolean isSentAsItIs(int length, boolean compress) {
        return length >= LargeFrame.MIN_BYTES
                && takesPreparedFrames()
                && !(compress && compressor != null && compressor.compresses(length));
    }

    private void submit(LargeFrame frame) {
        if (!accepts(frame.length())) {
            frame.release();
            return;
        }
        try {
            loop().execute(() -> {
                if (isStillWanted(frame.length())) {
                    send(frame);
                } else {
                    frame.release();
                }
            });
        } catch (RejectedExecutionException over) {
            frame.release();
            throw over;
        }
    }

    /** Sends a message that was encoded before, likewise. */
    void submit(PreparedMessage message, boolean compress) {
        if (!accept(message)) {
            return;
        }
        if (loop().inEventLoop()) {
            send(message, compress);
        } else {
            loop().execute(() -> sendAccepted(message, compress));
        }
    }

    /** Counts a message that is to be sent by {@link #sendAccepted}; false if it is not to be sent. */
    boolean accept(PreparedMessage message) {
        return accepts(message.length());
    }

    /** Sends a message that is read meanwhile, see {@link io.parley.websocket.WebSocketConnection#stream}. */
    CompletableFuture<Void> submit(boolean text, InputStream source, long length, Executor reader) {
        OutgoingStream next = new OutgoingStream(this, text, source, length, reader);
        acceptMessageBytes(Math.max(0, length));
        loop().run(() -> {
            if (host.isOpen()) {
                send(next);
            } else {
                next.abortUnstarted("closed");
            }
        });
        return next.sent();
    }

    /** Counts a message, if the connection takes one. */
    private boolean accepts(int length) {
        if (!host.isOpen()) {
            return false;
        }
        if (!accept(length, length)) {
            loop().run(host::onTooMuchWaiting);
            return false;
        }
        return true;
    }

    private boolean isStillWanted(int length) {
        if (host.isOpen()) {
            return true;
        }
        drop(length, length);
        return false;
    }

    // --- on the loop ---

    /** Sends a message that was accepted, unless the connection is over by now. */
    void sendAccepted(PreparedMessage message, boolean compress) {
        if (isStillWanted(message.length())) {
            send(message, compress);
        }
    }

    private void send(Opcode opcode, ByteBuffer payload, boolean compress) {
        if (stream != null) {
            ByteBuffer kept = copyOf(payload);
            queue(() -> send(opcode, kept, compress), MessageSender::tellNobody);
            return;
        }
        int length = payload.remaining();
        if (compress && compressor != null && compressor.compresses(length)) {
            addCompressed(compressor, FINAL | COMPRESSED | opcode.code(), payload, true);
        } else {
            addMessage(FINAL | opcode.code(), payload, length, length);
        }
        host.onMessageSent();
    }

    private void send(LargeFrame frame) {
        if (stream != null) {
            queue(() -> send(frame), reason -> frame.release());
            return;
        }
        addLarge(frame);
        host.onMessageSent();
    }

    private void send(PreparedMessage message, boolean compress) {
        if (stream != null) {
            queue(() -> send(message, compress), MessageSender::tellNobody);
        } else if (takesPreparedFrames()) {
            int length = message.length();
            if (compress && compressor != null && compressor.compresses(length)) {
                addPrepared(compressor.frameOf(message), length, length);
            } else {
                addPrepared(SharedFrame.of(message), length, length);
            }
            host.onMessageSent();
        } else {
            send(message.isText() ? Opcode.TEXT : Opcode.BINARY, message.payload(), compress);
        }
    }

    /** Begins a streamed message when its turn comes. */
    private void send(OutgoingStream next) {
        if (stream == null) {
            stream = next;
            next.start();
            return;
        }
        queue(() -> send(next), next::abortUnstarted);
    }

    /** Runs something when every message so far is with the outbox. */
    void afterAll(Runnable then) {
        afterAll(then, MessageSender::tellNobody);
    }

    private void afterAll(Runnable then, Consumer<String> abandoned) {
        if (stream == null) {
            then.run();
        } else {
            queue(then, abandoned);
        }
    }

    /**
     * Runs something when every message so far is with the network, or cannot be.
     *
     * @param abandoned told the reason instead, when one of them is not sent
     */
    void flushThen(Runnable then, Consumer<String> abandoned) {
        afterAll(() -> flushThen(then), abandoned);
    }

    @Override
    public void execute(Runnable task) {
        loop().execute(task);
    }

    @Override
    public void addFragment(OutgoingStream from, ByteBuffer bytes, long newMessageBytes, Runnable whenWritten) {
        if (!from.equals(stream)) {
            return;
        }
        int length = bytes.remaining();
        if (accept(length, newMessageBytes)) {
            addPart(from, bytes, false);
            flushThen(whenWritten);
            host.onMessageSent();
        } else {
            host.onTooMuchWaiting();
        }
    }

    @Override
    public void endStream(OutgoingStream ended, long missingBytes, Runnable whenWritten) {
        if (!ended.equals(stream)) {
            return;
        }
        acceptMessageBytes(-missingBytes);
        if (accept(0, 0)) {
            addPart(ended, NOTHING.duplicate(), true);
            flushThen(whenWritten);
            goOn();
        } else {
            host.onTooMuchWaiting();
        }
    }

    private void addPart(OutgoingStream from, ByteBuffer bytes, boolean last) {
        int firstByte = (last ? FINAL : 0) | from.takeOpcode();
        if (compressor == null) {
            int length = bytes.remaining();
            addMessage(firstByte, bytes, length, length);
        } else {
            boolean first = (firstByte & 0xF) != Opcode.CONTINUATION.code();
            addCompressed(compressor, first ? firstByte | COMPRESSED : firstByte, bytes, last);
        }
    }

    private void addCompressed(Compressor by, int firstByte, ByteBuffer payload, boolean last) {
        int length = payload.remaining();
        ByteBuf out = allocator().directBuffer(Math.max(64, length / 2));
        try {
            by.deflate(payload, last, out);
            addMessage(firstByte, out.nioBuffer(), length, length);
        } finally {
            out.release();
        }
    }

    @Override
    public void failStream(OutgoingStream failed, boolean begun, long missingBytes) {
        if (!failed.equals(stream)) {
            return;
        }
        acceptMessageBytes(-missingBytes);
        if (begun) {
            host.onUnreadableMessage();
        } else {
            goOn();
        }
    }

    /** The stream is over: what waited for it may go. */
    private void goOn() {
        stream = null;
        while (stream == null && behind != null && !behind.isEmpty()) {
            behind.remove().send.run();
        }
    }

    /** The connection is over: what waits is not sent. */
    void abort(String reason) {
        if (compressor != null) {
            compressor.close();
        }
        OutgoingStream broken = stream;
        ArrayDeque<Waiting> dropped = behind;
        stream = null;
        behind = null;
        if (broken != null) {
            broken.abort(reason);
        }
        if (dropped != null) {
            dropped.forEach(waiting -> waiting.abandoned.accept(reason));
        }
    }

    private static void tellNobody(String reason) {}

    private void queue(Runnable send, Consumer<String> abandoned) {
        if (behind == null) {
            behind = new ArrayDeque<>();
        }
        behind.add(new Waiting(send, abandoned));
    }

    private static ByteBuffer copyOf(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }
}

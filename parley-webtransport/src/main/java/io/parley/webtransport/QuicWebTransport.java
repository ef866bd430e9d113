package io.parley.webtransport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http3.DefaultHttp3DataFrame;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.parley.engineio.server.WebTransportConnection;
import io.parley.engineio.server.WebTransportListener;
import io.parley.websocket.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One WebTransport session: the stream of its request, which carries capsules, and the first stream that the client
 * opens in it, which carries what the engine sends and gets.
 *
 * <p><b>Threading.</b> {@link WebTransportConnection}'s methods may be called from any thread; everything else is
 * confined to the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what cannot be said at the end is not missed
final class QuicWebTransport implements WebTransportConnection {

    /** What the end of the session would take away from a browser that has not read it yet has so long to be read. */
    private static final Duration READING_TIME = Duration.ofMillis(250);

    /** Goes forward only. */
    private enum State {
        OPEN,
        /** This side closes; what was sent before leaves yet. */
        CLOSING,
        OVER
    }

    private final Connection connection;
    private final QuicStreamChannel request;
    private final WebTransportListener listener;
    private final Loop loop;
    private final long highWaterMark;
    private final Duration closeTimeout;
    private final AtomicLong buffered = new AtomicLong();
    private State state = State.OPEN;
    private @Nullable QuicStreamChannel stream; // null until the client has opened it
    private EventLoop.@Nullable Timeout closeTimer; // non-null while CLOSING
    private @Nullable ChannelFuture lastWrite; // null until something was sent
    private boolean paused;
    private boolean flushing; // the end of the batch will flush
    private boolean full; // was above the high-water mark, and the listener will hear when it is not

    QuicWebTransport(
            Connection connection,
            QuicStreamChannel request,
            WebTransportListener listener,
            long highWaterMark,
            Duration closeTimeout) {
        this.connection = connection;
        this.request = request;
        this.listener = listener;
        this.highWaterMark = highWaterMark;
        this.closeTimeout = closeTimeout;
        loop = connection.loop();
    }

    /** Its number on the wire: that of the stream of its request. */
    long id() {
        return request.streamId();
    }

    void open() {
        listener.onOpen(this);
    }

    // --- from the client

    /** Takes a stream that the client has opened in this session; false when it has one already, or is over. */
    boolean take(QuicStreamChannel opened) {
        if (stream != null || state != State.OPEN) {
            return false;
        }
        stream = opened;
        opened.config().setAutoRead(!paused);
        return true;
    }

    void onBytes(ByteBuffer bytes) {
        if (state == State.OPEN) {
            listener.onBytes(this, bytes);
        }
    }

    /** The client has sent the last byte of its stream: nothing more can come, not even a pong. */
    void onStreamEnded() {
        if (state == State.OPEN) {
            finish("The client ended its stream");
        }
    }

    /** The stream failed, or was given up by the client. */
    void onStreamLost(String why) {
        if (state != State.OVER) {
            finish("The stream was lost: " + why);
        }
    }

    /** The client has closed the session, by a capsule or by the end of its request, or has confirmed its end. */
    void onClosedByClient() {
        if (state != State.OVER) {
            end("The client closed the session");
        }
        connection.closeSoon(); // the client may still be waiting for the end of our side of the request
    }

    /** The connection under it is gone. */
    void onLost() {
        if (state != State.OVER) {
            end("The connection was lost");
        }
    }

    // --- to the client

    @Override
    public EventLoop eventLoop() {
        return loop;
    }

    @Override
    public void send(ByteBuffer bytes) {
        buffered.addAndGet(bytes.remaining());
        loop.run(() -> write(bytes));
    }

    private void write(ByteBuffer bytes) {
        int length = bytes.remaining();
        if (stream == null || state != State.OPEN) {
            onWritten(length);
            return;
        }
        full |= !isWritable();
        lastWrite = stream.write(Unpooled.wrappedBuffer(bytes));
        lastWrite.addListener(written -> onWritten(length));
        flushLater();
    }

    /** At the end of the batch: after all that the loop has read, and been given, by now. */
    private void flushLater() {
        if (!flushing) {
            flushing = true;
            loop.execute(this::flush);
        }
    }

    private void flush() {
        flushing = false;
        if (stream != null) {
            stream.flush();
        }
    }

    private void onWritten(int length) {
        buffered.addAndGet(-length);
        if (state == State.CLOSING) {
            finishWhenSent();
        } else if (full && isWritable()) {
            full = false;
            if (state == State.OPEN) {
                listener.onDrain(this);
            }
        }
    }

    @Override
    public CompletableFuture<Void> flushed() {
        CompletableFuture<Void> flushed = new CompletableFuture<>();
        loop.run(() -> {
            if (state == State.OVER) {
                tellFlushed(flushed, false);
            } else if (lastWrite == null) {
                tellFlushed(flushed, true);
            } else {
                lastWrite.addListener(written -> tellFlushed(flushed, written.isSuccess()));
            }
        });
        return flushed;
    }

    private static void tellFlushed(CompletableFuture<Void> flushed, boolean sent) {
        if (sent) {
            flushed.complete(null);
        } else {
            flushed.completeExceptionally(new IOException("Not sent: the session is over"));
        }
    }

    @Override
    public long bufferedAmount() {
        return buffered.get();
    }

    @Override
    public boolean isWritable() {
        return buffered.get() < highWaterMark;
    }

    @Override
    public void pauseReading() {
        loop.run(() -> read(false));
    }

    @Override
    public void resumeReading() {
        loop.run(() -> read(true));
    }

    private void read(boolean on) {
        paused = !on;
        if (stream != null) {
            stream.config().setAutoRead(on);
        }
    }

    // --- the end

    @Override
    public void close() {
        loop.run(this::beginClosing);
    }

    private void beginClosing() {
        if (state == State.OPEN) {
            state = State.CLOSING;
            closeTimer = loop.schedule(this::cut, closeTimeout);
            finishWhenSent();
        }
    }

    private void finishWhenSent() {
        if (buffered.get() == 0) {
            finish("");
        }
    }

    /** Says the end on both streams, on that of the session a moment later. */
    private void finish(String description) {
        if (stream == null) {
            closeSession();
        } else {
            stream.flush();
            stream.shutdownOutput();
            var unused = loop.schedule(this::closeSession, READING_TIME);
        }
        end(description);
    }

    private void closeSession() {
        request.writeAndFlush(new DefaultHttp3DataFrame(Capsules.closeSession()))
                .addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
    }

    /** Tells the client that the end is near, for those that understand it, and closes. */
    void drainAndClose() {
        if (state == State.OPEN) {
            request.writeAndFlush(new DefaultHttp3DataFrame(Capsules.drainSession()));
        }
        beginClosing();
    }

    @Override
    public void terminate() {
        loop.run(this::cut);
    }

    private void cut() {
        if (state != State.OVER) {
            end("");
            connection.cutSoon(); // the flush that may be due comes first
        }
    }

    private void end(String description) {
        state = State.OVER;
        if (closeTimer != null) {
            closeTimer.cancel();
        }
        connection.onSessionOver();
        // Later: the engine may be calling.
        loop.execute(() -> listener.onClose(this, description));
    }
}

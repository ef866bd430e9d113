package io.parley.webtransport;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http3.DefaultHttp3GoAwayFrame;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.parley.engineio.server.WebTransportListener;
import io.parley.websocket.EventLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One QUIC connection. It carries one session: a browser opens a connection for each.
 *
 * <p><b>Threading.</b> Confined to the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what cannot be told to a connection that ends is not missed
final class Connection {

    /** Above it a session is not writable; less for an engine whose budget is small. */
    private static final long HIGH_WATER_MARK = 1024 * 1024;

    private static final Duration LAST_WORD = Duration.ofMillis(100);

    private final QuicChannel channel;
    private final Loop loop;
    private final ServerOptions options;
    private final Connections connections;
    private final Figures figures;
    private EventLoop.@Nullable Timeout timer; // for the handshake, then for the end; null in between
    private @Nullable QuicWebTransport session; // non-null from the acceptance on
    private long nextRequestId;

    Connection(QuicChannel channel, Loop loop, ServerOptions options, Connections connections, Figures figures) {
        this.channel = channel;
        this.loop = loop;
        this.options = options;
        this.connections = connections;
        this.figures = figures;
    }

    /** Begins to wait for a session. */
    void open() {
        timer = loop.schedule(this::onHandshakeLate, options.tls().handshakeTimeout());
        channel.closeFuture().addListener(closed -> onClosed());
    }

    private void onHandshakeLate() {
        figures.lateHandshakes.increment();
        cut();
    }

    Loop loop() {
        return loop;
    }

    QuicChannel channel() {
        return channel;
    }

    Figures figures() {
        return figures;
    }

    /** A request has come. */
    void onRequestStream(long id) {
        nextRequestId = Math.max(nextRequestId, id + 4);
    }

    boolean hasSession() {
        return session != null;
    }

    /** Begins the session whose request came on {@code request}. */
    QuicWebTransport accept(QuicStreamChannel request, WebTransportListener listener, int maxBufferedBytes) {
        stopTimer();
        connections.endHandshake();
        figures.sessionsOpened.increment();
        figures.sessionsOpen.increment();
        QuicWebTransport accepted = new QuicWebTransport(
                this, request, listener, Math.min(HIGH_WATER_MARK, maxBufferedBytes / 2), options.closeTimeout());
        session = accepted;
        return accepted;
    }

    /** The session of that number that takes the stream; null when there is none. */
    @Nullable
    QuicWebTransport take(QuicStreamChannel stream, long sessionId) {
        QuicWebTransport current = session;
        return current != null && current.id() == sessionId && current.take(stream) ? current : null;
    }

    /** The session is over: the client closes the connection, or this side does after a while. */
    void onSessionOver() {
        figures.sessionsOpen.decrement();
        closeAfter(options.closeTimeout(), Wire.NO_ERROR);
    }

    /** Ends what there is in good order: no new requests, the session told, then the connection. */
    void close() {
        QuicStreamChannel control = Http3.getLocalControlStream(channel);
        if (control != null) {
            control.writeAndFlush(new DefaultHttp3GoAwayFrame(nextRequestId));
        }
        if (session != null) {
            session.drainAndClose();
        } else {
            close(Wire.NO_ERROR);
        }
    }

    /** Ends it at once. */
    void cut() {
        close(Wire.REQUEST_CANCELLED);
    }

    /** Ends it in a moment: as long as much is on its way, QUIC's congestion window leaves no room for the last word. */
    void cutSoon() {
        closeAfter(LAST_WORD, Wire.REQUEST_CANCELLED);
    }

    /** Ends it when what was said last has had the time to arrive. */
    void closeSoon() {
        closeAfter(LAST_WORD, Wire.NO_ERROR);
    }

    void close(int error) {
        stopTimer();
        channel.close(true, error, Unpooled.EMPTY_BUFFER);
    }

    private void closeAfter(Duration delay, int error) {
        stopTimer();
        if (channel.isOpen()) {
            timer = loop.schedule(() -> close(error), delay);
        }
    }

    private void onClosed() {
        if (session != null) {
            session.onLost();
        } else {
            connections.endHandshake();
        }
        stopTimer();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}

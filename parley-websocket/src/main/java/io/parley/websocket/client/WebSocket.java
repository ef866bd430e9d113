package io.parley.websocket.client;

import static java.util.Objects.requireNonNull;

import io.parley.websocket.CloseCode;
import io.parley.websocket.ConnectionFigures;
import io.parley.websocket.HandlerThreads;
import io.parley.websocket.MessageStream;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.connection.NettyWebSocketConnection;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket, as browsers have it (WHATWG WebSockets section 3), connecting from the moment it exists. It is made by a
 * {@linkplain #builder builder}, which is given the listeners first, so that none misses anything.
 *
 * <p>The events come in the browser's order: open, any number of messages, close; error just before close when the
 * connection failed or did not end by the closing handshake.
 *
 * <p><b>Threading.</b> Safe for any thread. Listeners of one socket run one at a time, in the order of the events, on
 * handler threads, where they may block; while they are behind, the server is not read from. What one throws is logged
 * and disturbs nothing. Messages sent by one thread arrive in the order of the calls. No thread of a socket keeps the
 * program alive.
 */
public final class WebSocket {

    /** The connection is being established. */
    public static final int CONNECTING = 0;
    /** Messages go and come. */
    public static final int OPEN = 1;
    /** The connection goes through the closing handshake, or {@link #close()} was called. */
    public static final int CLOSING = 2;
    /** The connection is closed, or could not be opened. */
    public static final int CLOSED = 3;

    private static final AtomicIntegerFieldUpdater<WebSocket> READY_STATE =
            AtomicIntegerFieldUpdater.newUpdater(WebSocket.class, "readyState");

    private final Target target;
    private final Listeners listeners;
    private final Delivery delivery;
    private final Opening opening;
    private final AtomicLong acceptedBytes = new AtomicLong(); // of messages, in time or too late
    private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();
    private final CompletableFuture<CloseEvent> closed = new CompletableFuture<>();

    private volatile int readyState = CONNECTING; // only grows
    private volatile BinaryType binaryType;
    private volatile @Nullable NettyWebSocketConnection connection; // non-null from OPEN on

    WebSocket(Target target, Settings settings, Listeners listeners, BinaryType binaryType) {
        this.target = target;
        this.listeners = listeners;
        this.binaryType = binaryType;
        delivery = new Delivery(this, settings);
        opening = new Opening(target, settings, delivery);
    }

    /** Begins to connect. */
    WebSocket start() {
        opening.start();
        return this;
    }

    /**
     * Begins a socket.
     *
     * @param url absolute, {@code ws:} or {@code wss:}, or {@code http:} or {@code https:} for the same; what a URL must
     *     not contain as it is gets percent-encoded, as in the browser
     * @throws IllegalArgumentException if it cannot be parsed, has another scheme, or a fragment
     */
    public static WebSocketBuilder builder(String url) {
        return new WebSocketBuilder(Target.parse(requireNonNull(url, "url")));
    }

    /** As {@link #builder(String)}. */
    public static WebSocketBuilder builder(URI url) {
        return builder(url.toString());
    }

    // --- what it is ---

    /** The URL it connects to, as it was understood: with the scheme {@code ws} or {@code wss}. */
    public String url() {
        return target.url();
    }

    /** {@link #CONNECTING}, {@link #OPEN}, {@link #CLOSING} or {@link #CLOSED}. */
    public int readyState() {
        return readyState;
    }

    /**
     * Bytes of messages that were given to {@code send} and not to the network: text counts as UTF-8, frames around it do
     * not. Once the socket is closing it never falls to zero again: what is not with the network then will never be.
     */
    public long bufferedAmount() {
        NettyWebSocketConnection present = connection;
        long sent = present == null ? 0 : present.messageBytesSent(); // first: it follows the other
        return acceptedBytes.get() - sent;
    }

    /** The extensions that the server chose, such as {@code permessage-deflate}; empty until {@link #OPEN}. */
    public String extensions() {
        WebSocketConnection present = connection;
        return present == null ? "" : present.extensions();
    }

    /** The subprotocol that the server chose; empty until {@link #OPEN}, and when there is none. */
    public String protocol() {
        WebSocketConnection present = connection;
        return present == null ? "" : present.subprotocol();
    }

    /** As what {@link MessageEvent#data} gives binary messages. */
    public BinaryType binaryType() {
        return binaryType;
    }

    /** Sets as what {@link MessageEvent#data} gives binary messages; {@link BinaryType#BYTE_ARRAY} unless set. */
    public void binaryType(BinaryType type) {
        binaryType = requireNonNull(type, "type");
    }

    /** What went over the connection so far; zeros until {@link #OPEN}. */
    public ConnectionFigures figures() {
        WebSocketConnection present = connection;
        return present == null ? new ConnectionFigures(0, 0, 0, 0, 0) : present.figures();
    }

    /** Completes when the socket is open and its listeners know; fails when it cannot be opened. */
    public CompletableFuture<WebSocket> opened() {
        return opened.copy();
    }

    /** Completes when the socket is closed and its listeners know. It never fails. */
    public CompletableFuture<CloseEvent> closed() {
        return closed.copy();
    }

    Target target() {
        return target;
    }

    // --- sending ---

    /**
     * Sends a text message. Half of a surrogate pair becomes U+FFFD, as in the browser.
     *
     * <p>When the socket is closing or closed the message is dropped, and {@link #bufferedAmount} counts it.
     *
     * @throws IllegalStateException while {@link #CONNECTING}
     */
    public void send(String text) {
        String sent = Utf16.wellFormed(requireNonNull(text, "text"));
        WebSocketConnection open = connectionFor(Utf16.utf8Length(sent));
        if (open != null) {
            open.send(sent);
        }
    }

    /**
     * Sends a binary message, as {@link #send(ByteBuffer)}.
     *
     * @param bytes copied before the call returns
     * @throws IllegalStateException while {@link #CONNECTING}
     */
    public void send(byte[] bytes) {
        send(ByteBuffer.wrap(requireNonNull(bytes, "bytes")));
    }

    /**
     * Sends a binary message.
     *
     * <p>When the socket is closing or closed the message is dropped, and {@link #bufferedAmount} counts it.
     *
     * @param bytes copied before the call returns; its position stays
     * @throws IllegalStateException while {@link #CONNECTING}
     */
    public void send(ByteBuffer bytes) {
        WebSocketConnection open = connectionFor(bytes.remaining());
        if (open != null) {
            open.send(bytes);
        }
    }

    /**
     * Sends a file as one binary message: the counterpart of a {@code Blob}. It is read while it is sent, no faster than
     * the server takes it, and never in memory as a whole. Messages sent after it wait until it is sent.
     *
     * @return completes when the last byte was handed to the network; fails with an {@link IOException} when the file
     *     cannot be read or the socket is closed before
     * @throws IllegalStateException while {@link #CONNECTING}
     */
    public CompletableFuture<Void> send(Path file) {
        requireOpened();
        try {
            return stream(Files.newInputStream(file), Files.size(file));
        } catch (IOException unreadable) {
            return CompletableFuture.failedFuture(unreadable);
        }
    }

    /**
     * Sends what a stream gives as one binary message, as {@link #send(Path)} does with a file. Its length is not known
     * before, so {@link #bufferedAmount} counts what was read.
     *
     * @param source read by a handler thread, and closed in the end
     * @return as {@link #send(Path)}
     * @throws IllegalStateException while {@link #CONNECTING}
     */
    public CompletableFuture<Void> send(InputStream source) {
        requireOpened();
        return stream(requireNonNull(source, "source"), -1);
    }

    private CompletableFuture<Void> stream(InputStream source, long length) {
        WebSocketConnection open = connectionFor(Math.max(0, length));
        if (open == null) {
            closeQuietly(source);
            return CompletableFuture.failedFuture(new IOException("send() of a socket that is closing or closed"));
        }
        InputStream counted = new CountedSource(source, Math.max(0, length), acceptedBytes::addAndGet);
        return open.stream(false, counted, length, HandlerThreads.shared());
    }

    private static void closeQuietly(InputStream source) {
        try {
            source.close();
        } catch (IOException expected) {
            // It was never read.
        }
    }

    /**
     * Sends a ping (RFC 6455 section 5.5.2), which a browser cannot. Nothing happens unless the socket is open.
     *
     * @param payload at most 125 bytes, copied before the call returns
     * @throws IllegalArgumentException if it is longer
     */
    public void ping(ByteBuffer payload) {
        WebSocketConnection open = connection;
        if (open != null && readyState == OPEN) {
            open.ping(payload);
        }
    }

    /** Counts a message and says where to send it; null when it is too late. */
    private @Nullable WebSocketConnection connectionFor(long bytes) {
        requireOpened();
        acceptedBytes.addAndGet(bytes);
        return readyState == OPEN ? connection : null;
    }

    private void requireOpened() {
        if (readyState == CONNECTING) {
            throw new IllegalStateException("send() while CONNECTING (expected: after the open event)");
        }
    }

    // --- closing ---

    /** Closes without a code: the server sees 1005. As {@link #close(int, String)} otherwise. */
    public void close() {
        close(WebSocketConnection::close);
    }

    /** Closes without a reason, as {@link #close(int, String)}. */
    public void close(int code) {
        close(code, "");
    }

    /**
     * Starts the closing handshake when the socket is open; what was sent before is sent first. A socket that is
     * connecting gives up, with error and close events. One that is closing or closed stays as it is.
     *
     * @param code 1000, or 3000 to 4999
     * @param reason at most 123 bytes of UTF-8
     * @throws IllegalArgumentException if code or reason is not as it should be, in any state
     */
    public void close(int code, String reason) {
        String sent = Utf16.wellFormed(requireNonNull(reason, "reason"));
        CloseArguments.check(code, sent);
        close(open -> open.close(code, sent));
    }

    private void close(Consumer<WebSocketConnection> handshake) {
        if (READY_STATE.compareAndSet(this, CONNECTING, CLOSING)) {
            opening.cancel();
        } else if (READY_STATE.compareAndSet(this, OPEN, CLOSING)) {
            handshake.accept(requireNonNull(connection));
        }
    }

    // --- listeners ---

    /** Sets the one listener {@code onopen}; null for none. */
    public void onOpen(@Nullable Consumer<? super OpenEvent> listener) {
        listeners.set(EventType.OPEN, listener);
    }

    /** Sets the one listener {@code onmessage}; null for none. */
    public void onMessage(@Nullable Consumer<? super MessageEvent> listener) {
        listeners.set(EventType.MESSAGE, listener);
    }

    /** Sets the one listener {@code onerror}; null for none. */
    public void onError(@Nullable Consumer<? super ErrorEvent> listener) {
        listeners.set(EventType.ERROR, listener);
    }

    /** Sets the one listener {@code onclose}; null for none. */
    public void onClose(@Nullable Consumer<? super CloseEvent> listener) {
        listeners.set(EventType.CLOSE, listener);
    }

    /** Adds a listener, after those that are there; one that is there already stays where it is. */
    public <E extends Event> void addListener(EventType<E> type, Consumer<? super E> listener) {
        listeners.add(requireNonNull(type, "type"), requireNonNull(listener, "listener"), false);
    }

    /** As {@link #addListener}, for the next event only. */
    public <E extends Event> void once(EventType<E> type, Consumer<? super E> listener) {
        listeners.add(requireNonNull(type, "type"), requireNonNull(listener, "listener"), true);
    }

    /** Removes a listener that was added, if it is there. */
    public <E extends Event> void removeListener(EventType<E> type, Consumer<? super E> listener) {
        listeners.remove(requireNonNull(type, "type"), requireNonNull(listener, "listener"));
    }

    // --- what happens, told by the delivery in the order of the events ---

    void opened(NettyWebSocketConnection established) {
        connection = established;
        if (READY_STATE.compareAndSet(this, CONNECTING, OPEN)) {
            listeners.dispatch(EventType.OPEN, new OpenEvent(this));
            opened.complete(this);
        } else {
            connection = null; // given up while it was established: it is being cut
        }
    }

    void message(MessageEvent message) {
        if (readyState == OPEN) { // what comes after close() is not told, as in the browser
            listeners.dispatch(EventType.MESSAGE, message);
        }
    }

    void stream(MessageStream message, Consumer<MessageStream> handler) {
        if (readyState == OPEN) {
            handler.accept(message);
        }
    }

    void closedBy(int code, String reason) {
        closed(new CloseEvent(this, code, reason, true));
    }

    void failed(WebSocketException cause) {
        if (READY_STATE.getAndSet(this, CLOSED) != CLOSED) {
            listeners.dispatch(EventType.ERROR, new ErrorEvent(this, cause));
            opened.completeExceptionally(cause);
            closed(new CloseEvent(this, CloseCode.ABNORMAL, "", false));
        }
    }

    private void closed(CloseEvent event) {
        readyState = CLOSED;
        listeners.dispatch(EventType.CLOSE, event);
        closed.complete(event);
    }

    @Override
    public String toString() {
        return "WebSocket " + target.url();
    }
}

package io.parley.websocket.client;

import static java.util.Objects.requireNonNull;

import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.DeflateOptions;
import io.parley.websocket.HandlerThreads;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.MessageStream;
import java.net.CookieHandler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link WebSocket} needs before it connects. A wrong value fails in its setter.
 *
 * <p><b>Threading.</b> For one thread at a time.
 */
public final class WebSocketBuilder {

    private static final ConnectionOptions CONNECTION = ConnectionOptions.builder()
            .maxMessageBytes(16 * 1024 * 1024)
            .pingInterval(Duration.ofSeconds(30))
            .deflate(DeflateOptions.defaults())
            .build();

    private final Target target;
    private final Listeners listeners = new Listeners();

    private List<String> protocols = List.of();
    private HttpHeaders headers = HttpHeaders.empty();
    private @Nullable CookieHandler cookies;
    private int maxHeaderBytes = 16 * 1024;
    private int maxRedirects;
    private Duration connectTimeout = Duration.ofSeconds(30);
    private Proxy proxy = Proxy.system();
    private TlsOptions tls = TlsOptions.defaults();
    private @Nullable EventLoops loops; // null for the shared ones, which are not started before they are needed
    private @Nullable Executor executor; // null for the shared one
    private int maxUnhandledBytes = 1024 * 1024;
    private ConnectionOptions connection = CONNECTION;
    private BinaryType binaryType = BinaryType.BYTE_ARRAY;
    private Consumer<ByteBuffer> pong = payload -> {};
    private @Nullable Consumer<MessageStream> stream; // null to take messages whole

    WebSocketBuilder(Target target) {
        this.target = target;
    }

    // --- listeners ---

    /** Sets the one listener {@code onopen}: runs when the connection is established. */
    public WebSocketBuilder onOpen(Consumer<? super OpenEvent> listener) {
        listeners.set(EventType.OPEN, requireNonNull(listener, "listener"));
        return this;
    }

    /** Sets the one listener {@code onmessage}: takes each message. */
    public WebSocketBuilder onMessage(Consumer<? super MessageEvent> listener) {
        listeners.set(EventType.MESSAGE, requireNonNull(listener, "listener"));
        return this;
    }

    /** Sets the one listener {@code onerror}: told why, when the socket fails. */
    public WebSocketBuilder onError(Consumer<? super ErrorEvent> listener) {
        listeners.set(EventType.ERROR, requireNonNull(listener, "listener"));
        return this;
    }

    /** Sets the one listener {@code onclose}: told once, after everything else. */
    public WebSocketBuilder onClose(Consumer<? super CloseEvent> listener) {
        listeners.set(EventType.CLOSE, requireNonNull(listener, "listener"));
        return this;
    }

    /** As {@link WebSocket#addListener}. */
    public <E extends Event> WebSocketBuilder addListener(EventType<E> type, Consumer<? super E> listener) {
        listeners.add(requireNonNull(type, "type"), requireNonNull(listener, "listener"), false);
        return this;
    }

    /** As {@link WebSocket#once}. */
    public <E extends Event> WebSocketBuilder once(EventType<E> type, Consumer<? super E> listener) {
        listeners.add(requireNonNull(type, "type"), requireNonNull(listener, "listener"), true);
        return this;
    }

    /**
     * Sets what takes each message while it arrives, instead of message events; they are taken whole unless set. Then
     * messages may be of any length: the handler may block, the server waits for it, and what it leaves unread is
     * skipped.
     */
    public WebSocketBuilder onMessageStream(Consumer<MessageStream> handler) {
        stream = requireNonNull(handler, "handler");
        return this;
    }

    /** Sets what takes the payload of each pong that is no answer to a ping of {@link #pingInterval}; nothing unless set. */
    public WebSocketBuilder onPong(Consumer<ByteBuffer> handler) {
        pong = requireNonNull(handler, "handler");
        return this;
    }

    // --- the handshake ---

    /**
     * Sets the subprotocols to offer, the best first; none unless set. When there are some, the server has to choose one
     * of them.
     *
     * @throws IllegalArgumentException if one is not a token or is there twice
     */
    public WebSocketBuilder protocols(String... protocols) {
        this.protocols = HandshakeRequest.checkedProtocols(List.of(protocols));
        return this;
    }

    /**
     * Adds a header field to the request, after those of that name.
     *
     * @throws IllegalArgumentException if it is not a header field, or one that the handshake needs for itself
     */
    public WebSocketBuilder header(String name, String value) {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
        HandshakeRequest.checkHeader(name, value);
        headers = headers.with(name, value);
        return this;
    }

    /** Sets where cookies are taken from and kept; none unless set. It is called on handler threads. */
    public WebSocketBuilder cookies(CookieHandler handler) {
        cookies = requireNonNull(handler, "handler");
        return this;
    }

    /** Sets the limit of the head of an answer to the handshake in bytes, 1 or more; 16 KiB unless set. */
    public WebSocketBuilder maxHeaderBytes(int bytes) {
        maxHeaderBytes = atLeast("maxHeaderBytes", bytes, 1);
        return this;
    }

    /**
     * Sets how many redirects of the handshake are followed, 0 or more; none unless set, as in the browser. None leads
     * from {@code wss} to {@code ws}, and {@code Authorization} and {@code Cookie} fields of {@link #header} are not sent to
     * another host, port or scheme.
     */
    public WebSocketBuilder maxRedirects(int redirects) {
        maxRedirects = atLeast("maxRedirects", redirects, 0);
        return this;
    }

    // --- the network ---

    /**
     * Sets how long everything may take up to the open event, 1 ms or more: names, proxies, TLS and the handshake, with
     * all redirects; 30 s unless set.
     */
    public WebSocketBuilder connectTimeout(Duration timeout) {
        requireNonNull(timeout, "timeout");
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException("connectTimeout: " + timeout + " (expected: 1 ms or more)");
        }
        connectTimeout = timeout;
        return this;
    }

    /** Sets the way to the server; {@link Proxy#system} unless set. */
    public WebSocketBuilder proxy(Proxy proxy) {
        this.proxy = requireNonNull(proxy, "proxy");
        return this;
    }

    /** Sets how TLS is spoken when the URL says {@code wss}; {@link TlsOptions#defaults} unless set. */
    public WebSocketBuilder tls(TlsOptions options) {
        tls = requireNonNull(options, "options");
        return this;
    }

    /** Sets the threads that read and write the network; {@link EventLoops#shared} unless set. */
    public WebSocketBuilder eventLoops(EventLoops threads) {
        loops = requireNonNull(threads, "threads");
        return this;
    }

    // --- the connection ---

    /**
     * Sets the limits of the connection, what keeps it alive, and how messages are compressed. Unless set they are
     * those of {@link ConnectionOptions#defaults} but for messages of up to 16 MiB, a ping every 30 s, and compression.
     */
    public WebSocketBuilder connection(ConnectionOptions options) {
        connection = requireNonNull(options, "options");
        return this;
    }

    /** As {@link ConnectionOptions.Builder#maxMessageBytes}; 16 MiB unless set. */
    public WebSocketBuilder maxMessageBytes(int bytes) {
        return connection(connection.toBuilder().maxMessageBytes(bytes).build());
    }

    /** As {@link ConnectionOptions.Builder#maxBufferedBytes}. */
    public WebSocketBuilder maxBufferedBytes(int bytes) {
        return connection(connection.toBuilder().maxBufferedBytes(bytes).build());
    }

    /** As {@link ConnectionOptions.Builder#closeTimeout}. */
    public WebSocketBuilder closeTimeout(Duration timeout) {
        return connection(connection.toBuilder().closeTimeout(timeout).build());
    }

    /** As {@link ConnectionOptions.Builder#pingInterval}; 30 s unless set. */
    public WebSocketBuilder pingInterval(Duration interval) {
        return connection(connection.toBuilder().pingInterval(interval).build());
    }

    /** As {@link ConnectionOptions.Builder#pongTimeout}. */
    public WebSocketBuilder pongTimeout(Duration timeout) {
        return connection(connection.toBuilder().pongTimeout(timeout).build());
    }

    /** As {@link ConnectionOptions.Builder#idleTimeout}. */
    public WebSocketBuilder idleTimeout(Duration timeout) {
        return connection(connection.toBuilder().idleTimeout(timeout).build());
    }

    /** As {@link ConnectionOptions.Builder#deflate}; offered with its defaults unless set. */
    public WebSocketBuilder deflate(@Nullable DeflateOptions options) {
        return connection(connection.toBuilder().deflate(options).build());
    }

    // --- handlers ---

    /**
     * Sets what listeners run on, one task of the socket at a time; {@link HandlerThreads#shared} unless set. {@code
     * Runnable::run} makes them run on the event loop, where they must not block.
     */
    public WebSocketBuilder executor(Executor threads) {
        executor = requireNonNull(threads, "threads");
        return this;
    }

    /**
     * Sets how much may wait for the listeners in bytes, 1 or more; 1 MiB unless set. Beyond it nothing is read from the
     * server until they have caught up with half of it.
     */
    public WebSocketBuilder maxUnhandledBytes(int bytes) {
        maxUnhandledBytes = atLeast("maxUnhandledBytes", bytes, 1);
        return this;
    }

    /** As {@link WebSocket#binaryType(BinaryType)}. */
    public WebSocketBuilder binaryType(BinaryType type) {
        binaryType = requireNonNull(type, "type");
        return this;
    }

    /** A socket that begins to connect. It may be called again, for another socket. */
    public WebSocket connect() {
        return new WebSocket(target, settings(), Listeners.copyOf(listeners), binaryType).start();
    }

    private Settings settings() {
        return new Settings(
                new Settings.HandshakeSettings(protocols, headers, new Cookies(cookies), maxHeaderBytes, maxRedirects),
                new Settings.Network(loops == null ? EventLoops.shared() : loops, connectTimeout, proxy, tls),
                connection.toBuilder().streaming(stream != null).build(),
                new Settings.Handlers(
                        executor == null ? HandlerThreads.shared() : executor, maxUnhandledBytes, pong, stream));
    }

    private static int atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " or more)");
        }
        return value;
    }
}

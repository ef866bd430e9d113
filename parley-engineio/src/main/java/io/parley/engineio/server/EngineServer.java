package io.parley.engineio.server;

import static java.util.Objects.requireNonNull;

import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.packet.EnginePacket;
import io.parley.websocket.EventLoop;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.IdTable;
import io.parley.websocket.server.HttpExchange;
import io.parley.websocket.server.HttpHandler;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.HttpResponse;
import io.parley.websocket.server.HttpServer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Engine.IO server (protocol 4, and 3 when {@link EngineOptions#allowEIO3}): sessions over HTTP long-polling,
 * WebSocket and WebTransport. Mount it on an HTTP server under a path; every request under the path is the engine's.
 * WebTransport needs a host of its own, see {@link #onWebTransportSession}.
 *
 * <p>A page of another origin is refused unless {@link EngineOptions#cors} allows it, over polling and over WebSocket
 * alike; a request that names no origin is served.
 *
 * <p>A session lives on the event loop of the connection that began it, for life: listeners keyed by
 * {@link EngineSocket#eventLoop} stay right when the session moves to a WebSocket that another loop serves. What that
 * WebSocket brings hops to the session's loop; what it takes goes the other way, all of one batch together. The order
 * stays.
 *
 * <p><b>Threading.</b> Safe for any thread. Listeners are called on event loops, so they must not block.
 */
public final class EngineServer implements HttpHandler, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EngineServer.class);

    private static final String DEFAULT_PATH = "/engine.io";

    private final EngineOptions options;
    private final Function<EngineSocket, EngineListener> onConnection;
    private final IdTable<EngineSession> sessions = new IdTable<>(EngineSession::id);
    private final Map<EventLoop, HomeLoop> homes = new ConcurrentHashMap<>();
    private final AtomicInteger sessionCount = new AtomicInteger();
    private final LongAdder overflows = new LongAdder();
    private final Admission admission;
    private final CrossOrigin crossOrigin;
    private final Answers answers;
    private final RequestChecks checks;
    private final Handshakes handshakes;
    private final WebTransportHandshakes webTransports;
    private final OpenPackets openPackets;

    private final Middlewares middlewares = new Middlewares(this);
    private final HeadersListeners headersListeners = new HeadersListeners();
    private final List<Consumer<ConnectionError>> connectionErrorListeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Observers observers; // null: nobody looks
    private volatile boolean accepting = true;
    private volatile @Nullable Supplier<Duration> timeLeft; // null: nobody knows when the server is another one
    private volatile boolean closed;

    private EngineServer(EngineOptions options, Function<EngineSocket, EngineListener> onConnection) {
        this.options = options;
        this.onConnection = onConnection;
        admission = new Admission(options.handshakeLimits());
        crossOrigin = new CrossOrigin(options);
        answers = new Answers(options, crossOrigin, headersListeners);
        checks = new RequestChecks(options, crossOrigin, this::session);
        handshakes = new Handshakes(this, crossOrigin, answers, headersListeners);
        webTransports = new WebTransportHandshakes(this, crossOrigin);
        openPackets = new OpenPackets(options);
    }

    /**
     * A server.
     *
     * @param onConnection called on the session's event loop right after its open packet was sent; what it returns
     *     hears of the session from then on. A throw is logged and ends the session
     */
    public static EngineServer create(EngineOptions options, Function<EngineSocket, EngineListener> onConnection) {
        return new EngineServer(requireNonNull(options, "options"), requireNonNull(onConnection, "onConnection"));
    }

    /** A server at {@code /engine.io} of {@code http}, see {@link #attach(HttpServer, String, EngineOptions, Function)}. */
    public static EngineServer attach(
            HttpServer http, EngineOptions options, Function<EngineSocket, EngineListener> onConnection) {
        return attach(http, DEFAULT_PATH, options, onConnection);
    }

    /**
     * A server at a path of {@code http}, which is closed together with it.
     *
     * @param path begins with a slash; a slash is added to it unless {@link EngineOptions#addTrailingSlash} says no.
     *     Every request whose target begins with it is the engine's
     * @throws IllegalStateException if something else is mounted there
     */
    public static EngineServer attach(
            HttpServer http, String path, EngineOptions options, Function<EngineSocket, EngineListener> onConnection) {
        EngineServer server = create(options, onConnection);
        http.mount(options.mountPath(path), server);
        http.onClosing(server::close);
        return server;
    }

    /**
     * Starts {@code http} with a server at {@code /engine.io} and nothing else: what is not the engine's is answered with
     * 501 (the official {@code listen}).
     */
    public static EngineServer listen(
            HttpServer http, EngineOptions options, Function<EngineSocket, EngineListener> onConnection) {
        EngineServer server = attach(http, options, onConnection);
        http.mount("/", exchange -> exchange.respond(HttpResponse.text(501, "Not Implemented")));
        http.start();
        return server;
    }

    /** What the server was made with. */
    public EngineOptions options() {
        return options;
    }

    /** Whether {@link #handle} answers the request as a preflight, before anything else: {@link EngineOptions#cors} is set. */
    public boolean answersPreflight(HttpRequest request) {
        return crossOrigin.answersPreflight(request);
    }

    /** Takes one request, on its event loop: begins a session, or goes on with one, or refuses it. */
    @Override
    public void handle(HttpExchange exchange) {
        if (answersPreflight(exchange.request())) {
            exchange.respond(crossOrigin.preflightAnswer(exchange.request()));
        } else {
            middlewares.handle(exchange);
        }
    }

    /** A request that has passed the middlewares. */
    void serve(HttpExchange exchange) {
        EngineQuery query = EngineQuery.of(exchange.request());
        Refusal refusal =
                closed ? Refusal.closing() : checks.check(exchange.request(), query, exchange.isWebSocketUpgrade());
        if (refusal != null) {
            refuse(exchange, refusal);
        } else if (query.isHandshake() && !accepting) {
            refuse(exchange, draining());
        } else if (query.isHandshake()) {
            handshakes.begin(exchange, query);
        } else {
            goOn(exchange, query);
        }
    }

    private void goOn(HttpExchange exchange, EngineQuery query) {
        EngineSession session = session(query.sid());
        if (session == null) { // it ended a moment ago
            refuse(exchange, Refusal.sessionUnknown(query.sid()));
        } else if (exchange.isWebSocketUpgrade()) {
            handshakes.upgrade(exchange, session);
        } else {
            session.eventLoop().run(() -> session.onRequest(exchange, query));
        }
    }

    /**
     * Takes a request for a WebTransport session from the host that carries it, on its event loop: accepts or refuses
     * it. {@link EngineOptions#transports} has to name WebTransport. The client then opens one bidirectional stream and
     * says on it, within {@link EngineOptions#upgradeTimeout}, whether it begins a session or takes over one from
     * polling; whoever says anything else is closed.
     *
     * <p>{@link EngineOptions#cors} and {@link EngineOptions#allowRequest} hold as for other transports. Ids are made
     * by default, {@link EngineOptions#generateId} is not asked, and {@link EngineSocket#request} has no header fields,
     * as in the official server.
     */
    public void onWebTransportSession(WebTransportExchange exchange) {
        Refusal refusal = closed ? Refusal.closing() : checkWebTransport(exchange);
        if (refusal == null) {
            webTransports.accept(exchange);
        } else {
            exchange.refuse(Answers.withRetryAfter(
                    HttpResponse.of(refusal.status(true), "text/plain", refusal.message()), refusal));
            tellRefused(exchange.request(), refusal);
        }
    }

    private @Nullable Refusal checkWebTransport(WebTransportExchange exchange) {
        return middlewares.isEmpty()
                ? webTransports.check(exchange.request(), exchange.eventLoop().nanoTime())
                : Refusal.noMiddlewareRuns();
    }

    /**
     * Adds a middleware, which every request passes from now on, in the order in which they were added; preflight
     * requests are answered before, see {@link EngineOptions#cors}. WebTransport sessions cannot pass one and are refused
     * as long as there is one, as by the official server.
     */
    public void use(HttpMiddleware middleware) {
        middlewares.add(requireNonNull(middleware, "middleware"));
    }

    /** What {@link EngineOptions#cors} says to a request: header fields for what else is answered below the path. */
    public HttpHeaders crossOriginHeaders(HttpRequest request) {
        return crossOrigin.headers(request);
    }

    /**
     * Hears of every request that is refused (the official {@code connection_error}), and of a transport that is closed
     * because of what the client sent over it before it carried a session. Called on an event loop; a throw is logged.
     */
    public void onConnectionError(Consumer<ConnectionError> listener) {
        connectionErrorListeners.add(requireNonNull(listener, "listener"));
    }

    /**
     * May change the header fields of the answer that begins a session, over polling or WebSocket (the official
     * {@code initial_headers}); told before those of {@link #onHeaders}.
     */
    public void onInitialHeaders(HeadersListener listener) {
        headersListeners.addInitial(requireNonNull(listener, "listener"));
    }

    /**
     * May change the header fields of every answer to a poll or to a POST, and of every 101 (the official
     * {@code headers}). Refusals are not among them.
     */
    public void onHeaders(HeadersListener listener) {
        headersListeners.add(requireNonNull(listener, "listener"));
    }

    /** Adds somebody who sees what happens in the sessions that begin from now on. */
    public synchronized void observe(EngineObserver observer) {
        observers = Observers.add(observers, requireNonNull(observer, "observer"));
    }

    /** The sessions by id, as they come and go; read-only. */
    public Map<String, EngineSocket> clients() {
        return Collections.unmodifiableMap(sessions.asMap());
    }

    /** How many sessions there are. */
    public int clientsCount() {
        return sessionCount.get();
    }

    /** How many sessions were ended with {@code client too slow}. */
    public long overflowCount() {
        return overflows.sum();
    }

    /** How many handshakes were refused because of one of the {@link EngineOptions#handshakeLimits}. */
    public long refusedHandshakes(HandshakeLimit limit) {
        return admission.refused(limit);
    }

    /**
     * Refuses new sessions from now on, with status 503. Those that there are go on, and may move to another transport.
     */
    public void stopAccepting() {
        accepting = false;
    }

    /**
     * The same as {@link #stopAccepting()}, and tells clients when to come back.
     *
     * @param newTimeLeft asked at each refusal, on an event loop, for the {@code Retry-After} of the answer, which is in
     *     seconds, rounded up; zero or more
     */
    public void stopAccepting(Supplier<Duration> newTimeLeft) {
        timeLeft = requireNonNull(newTimeLeft, "newTimeLeft");
        stopAccepting();
    }

    /** Whether new sessions are taken: neither {@link #stopAccepting} nor {@link #close} was called. */
    public boolean isAccepting() {
        return accepting && !closed;
    }

    /** Calls {@code action} with the listener of each session, later, on the event loop of the session. */
    public void forEachListener(Consumer<EngineListener> action) {
        sessions.asMap().values().forEach(session -> session.eventLoop().execute(() -> session.tell(action)));
    }

    /** Ends every session with {@code forced close} and refuses new ones. Does not wait for the ends to be told. */
    @Override
    public void close() {
        closed = true;
        sessions.asMap().values().forEach(EngineSession::closeNow);
    }

    // --- for sessions and handshakes

    Refusal draining() {
        Supplier<Duration> known = timeLeft;
        return Refusal.draining(known == null ? null : known.get());
    }

    void refuse(HttpExchange exchange, Refusal refusal) {
        answers.refusal(exchange, refusal);
        tellRefused(exchange.request(), refusal);
    }

    void tellRefused(HttpRequest request, Refusal refusal) {
        log.debug("Refused {}: {} {}", request.target(), refusal.message(), refusal.context());
        if (!connectionErrorListeners.isEmpty()) {
            ConnectionError error = refusal.toConnectionError(request);
            connectionErrorListeners.forEach(listener -> tell(listener, error));
        }
    }

    private static void tell(Consumer<ConnectionError> listener, ConnectionError error) {
        try {
            listener.accept(error);
        } catch (RuntimeException | Error thrown) {
            log.error("A listener for connection errors failed", thrown);
        }
    }

    @Nullable
    Observers observers() {
        return observers;
    }

    @Nullable
    EngineSession session(String sid) {
        return sessions.get(sid);
    }

    Admission admission() {
        return admission;
    }

    /** Whether another session would be taken now. */
    boolean hasRoom() {
        return sessionCount.get() < options.maxSessions();
    }

    /**
     * Takes in a session that begins; returns why not, null when it is taken. All was checked before, and may be different
     * now: others began while the application was asked.
     */
    @Nullable
    Refusal register(EngineSession session) {
        Refusal refusal = admission.enter(session.request());
        if (refusal != null) {
            return refusal;
        }
        if (sessionCount.incrementAndGet() > options.maxSessions()) {
            refusal = Handshakes.full();
        } else if (sessions.putIfAbsent(session) != null) {
            refusal = Handshakes.idIsTaken();
        }
        if (refusal != null) {
            sessionCount.decrementAndGet();
            admission.leave(session.request());
        } else if (!isAccepting()) {
            unregister(session);
            refusal = closed ? Refusal.closing() : draining();
        }
        return refusal;
    }

    void unregister(EngineSession session) {
        if (sessions.remove(session)) {
            sessionCount.decrementAndGet();
            admission.leave(session.request());
        }
    }

    EngineListener connect(EngineSession session) {
        return onConnection.apply(session);
    }

    HomeLoop homeOf(EventLoop loop) {
        return homes.computeIfAbsent(loop, key -> new HomeLoop(this, key));
    }

    EncodedPacket openPacket(String sid, TransportType transport) {
        return EncodedPacket.of(new EnginePacket.Open(openPackets.data(sid, transport)));
    }

    void countOverflow() {
        overflows.increment();
    }
}

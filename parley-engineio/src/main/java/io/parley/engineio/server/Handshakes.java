package io.parley.engineio.server;

import io.parley.engineio.TransportType;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.server.HttpExchange;
import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
import io.parley.websocket.server.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins sessions and upgrades: what comes after the checks of {@link RequestChecks}. All of it is done before the 101,
 * so nobody is refused after it.
 *
 * <p><b>Threading.</b> Each exchange on its own event loop.
 */
final class Handshakes {

    /** The client's first offer is taken, as the official server does. */
    private static final List<String> ANY_SUBPROTOCOL = List.of("*");

    private static final Logger log = LoggerFactory.getLogger(Handshakes.class);

    private final EngineServer server;
    private final EngineOptions options;
    private final CrossOrigin crossOrigin;
    private final Answers answers;
    private final HeadersListeners headersListeners;
    private final Function<HttpRequest, CompletionStage<String>> ids;
    private final ConnectionOptions connectionOptions;

    Handshakes(EngineServer server, CrossOrigin crossOrigin, Answers answers, HeadersListeners headersListeners) {
        this.server = server;
        this.headersListeners = headersListeners;
        this.crossOrigin = crossOrigin;
        this.answers = answers;
        options = server.options();
        ids = options.generateId().orElseGet(Handshakes::randomIds);
        connectionOptions = connectionOptions(options);
    }

    static ConnectionOptions connectionOptions(EngineOptions options) {
        Duration closing = ConnectionOptions.defaults().closeTimeout();
        return ConnectionOptions.builder()
                .maxMessageBytes(options.maxHttpBufferSize())
                .maxBufferedBytes(options.maxBufferedBytes())
                .highWaterMark(options.highWaterMark())
                .closeTimeout(options.closeTimeout().compareTo(closing) < 0 ? options.closeTimeout() : closing)
                .deflate(options.perMessageDeflate().orElse(null))
                .build();
    }

    private static Function<HttpRequest, CompletionStage<String>> randomIds() {
        SessionIds ids = new SessionIds();
        return request -> CompletableFuture.completedFuture(ids.next());
    }

    /** A request without a session id, checked: asks whether it may begin a session, and begins it. */
    void begin(HttpExchange exchange, EngineQuery query) {
        Refusal refusal = server.admission()
                .check(exchange.request(), exchange.eventLoop().nanoTime());
        if (refusal != null) {
            server.refuse(exchange, refusal);
            return;
        }
        AllowRequest check = options.allowRequest().orElse(null);
        if (check == null) {
            admit(exchange, query);
        } else {
            ask(check, exchange, query);
        }
    }

    private void ask(AllowRequest check, HttpExchange exchange, EngineQuery query) {
        await(
                () -> check.decide(exchange.request()),
                exchange,
                (decision, failure) -> decided(exchange, query, decision, failure));
    }

    /**
     * Asks the application, and goes on with what it says on the exchange's loop, at once if it says so at once.
     *
     * @param then gets the answer, or null and what was thrown
     */
    private static <T> void await(
            Supplier<CompletionStage<T>> question,
            HttpExchange exchange,
            BiConsumer<@Nullable T, @Nullable Throwable> then) {
        CompletionStage<T> stage;
        try {
            stage = question.get();
        } catch (RuntimeException | Error thrown) {
            then.accept(null, thrown);
            return;
        }
        stage.whenComplete((answer, failure) -> {
            try {
                exchange.eventLoop().run(() -> then.accept(answer, failure));
            } catch (RejectedExecutionException expected) { // the server was stopped in the meantime
                log.debug("The application decided on a handshake after the end of the server");
            }
        });
    }

    private void decided(
            HttpExchange exchange,
            EngineQuery query,
            AllowRequest.@Nullable Decision decision,
            @Nullable Throwable failure) {
        if (decision == null) {
            log.error("allowRequest failed", failure);
            server.refuse(exchange, Refusal.forbidden(HandshakeError.FORBIDDEN.message()));
        } else if (decision.allowed()) {
            admit(exchange, query);
        } else {
            server.refuse(exchange, Refusal.forbidden(decision.message()));
        }
    }

    private void admit(HttpExchange exchange, EngineQuery query) {
        if (query.protocol() != EngineQuery.PROTOCOL && !options.allowEIO3()) {
            server.refuse(
                    exchange, Refusal.of(HandshakeError.UNSUPPORTED_PROTOCOL, Map.of("protocol", query.protocol())));
            return;
        }
        if (!server.hasRoom()) {
            server.refuse(exchange, full());
            return;
        }
        await(() -> ids.apply(exchange.request()), exchange, (id, failure) -> {
            if (id == null) {
                log.error("generateId failed", failure);
                server.refuse(exchange, Refusal.noId(failure));
            } else if (server.session(id) != null) {
                server.refuse(exchange, idIsTaken());
            } else {
                HomeLoop home = server.homeOf(exchange.eventLoop());
                start(newSession(id, query, exchange.request(), home), exchange, query);
            }
        });
    }

    private static EngineSession newSession(String id, EngineQuery query, HttpRequest request, HomeLoop home) {
        return query.asksFor(TransportType.WEBSOCKET)
                ? new EngineSession(id, query.protocol(), home.keepable(request), request.remoteAddress(), home)
                : new EngineSession(id, query.protocol(), request, null, home);
    }

    private void start(EngineSession session, HttpExchange exchange, EngineQuery query) {
        if (query.asksFor(TransportType.WEBSOCKET)) {
            exchange.upgrade(
                    webSocketOptions(exchange, true),
                    WebSocketTransport.forNew(session, WebSocketFormat.of(session.protocol(), exchange.request())));
            return;
        }
        PollingTransport polling = new PollingTransport(
                session, answers, options, PollingFormat.of(session.protocol(), exchange.request()));
        Refusal refusal = session.open(polling, () -> polling.onRequest(exchange));
        if (refusal != null) {
            server.refuse(exchange, refusal);
        }
    }

    /** A WebSocket that asks to take over a session from polling. It may live on another loop than the session. */
    void upgrade(HttpExchange exchange, EngineSession session) {
        WebSocketTransport probing = WebSocketTransport.forUpgrade(
                session, options, WebSocketFormat.of(session.protocol(), exchange.request()), exchange.request());
        boolean atHome = exchange.eventLoop().equals(session.eventLoop());
        exchange.upgrade(
                webSocketOptions(exchange, false), atHome ? probing : new HomeListener(session.eventLoop(), probing));
    }

    private WebSocketUpgrade webSocketOptions(HttpExchange exchange, boolean first) {
        HttpRequest request = exchange.request();
        HttpHeaders fields = headersListeners.tell(crossOrigin.headers(request), request, first);
        return new WebSocketUpgrade(ANY_SUBPROTOCOL, fields, connectionOptions);
    }

    /** There are as many sessions as may be. */
    static Refusal full() {
        return Refusal.unavailable(
                "TOO_MANY_SESSIONS", "The server has as many sessions as it takes; come back after a while");
    }

    /** The application gave the id of another session. */
    static Refusal idIsTaken() {
        log.error("generateId gave the id of another session (expected: unique ids)");
        return Refusal.noId(null);
    }
}

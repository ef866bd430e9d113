package io.parley.engineio.server;

import io.parley.engineio.EngineException;
import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EnginePacket;
import io.parley.websocket.EventLoop;
import io.parley.websocket.Excerpt;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.server.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins sessions and upgrades over WebTransport (the official {@code onWebTransportSession}).
 *
 * <p><b>Threading.</b> Each session on its own event loop.
 */
final class WebTransportHandshakes {

    private static final Logger log = LoggerFactory.getLogger(WebTransportHandshakes.class);

    /** The data of a first packet that asks for an upgrade. Ids have no character that JSON would escape. */
    private static final Pattern UPGRADE = Pattern.compile("\\s*\\{\\s*\"sid\"\\s*:\\s*\"([^\"\\\\]+)\"\\s*}\\s*");

    private final EngineServer server;
    private final EngineOptions options;
    private final CrossOrigin crossOrigin;
    private final SessionIds ids = new SessionIds();

    WebTransportHandshakes(EngineServer server, CrossOrigin crossOrigin) {
        this.server = server;
        this.crossOrigin = crossOrigin;
        options = server.options();
    }

    /** How long a client may take from the acceptance to its first packet. */
    Duration timeout() {
        return options.upgradeTimeout();
    }

    /** Why there is no session for this request; null when there is one. */
    @Nullable
    Refusal check(HttpRequest request, long nanoTime) {
        if (!options.transports().contains(TransportType.WEBTRANSPORT)) {
            return Refusal.of(
                    HandshakeError.TRANSPORT_UNKNOWN, Map.of("transport", TransportType.WEBTRANSPORT.wireName()));
        }
        if (!crossOrigin.allows(request)) {
            return Refusal.otherOrigin(request.header("Origin").orElse(""));
        }
        return server.hasRoom() ? server.admission().check(request, nanoTime) : Handshakes.full();
    }

    void accept(WebTransportExchange exchange) {
        exchange.accept(new WebTransportArrival(this, exchange.request(), options));
    }

    /** The first packet of a client: it asks for a session, or to take over one. Whatever else it is ends the matter. */
    void begin(
            WebTransportArrival arrival, HttpRequest request, WebTransportConnection connection, EnginePacket packet) {
        if (!(packet instanceof EnginePacket.Open open)) {
            arrival.reject(connection);
            onMistake(request, Packets.misplaced(packet, "first (expected: OPEN)"));
        } else if (open.data().isEmpty() && !server.isAccepting()) {
            arrival.reject(connection);
            server.tellRefused(request, server.draining());
        } else if (open.data().isEmpty()) {
            beginSession(arrival, request, connection);
        } else {
            upgrade(arrival, request, connection, open);
        }
    }

    /** What came before a session or an upgrade could begin is no packet, or none that begins one. */
    void onMistake(HttpRequest request, EngineException mistake) {
        server.tellRefused(request, Refusal.webTransportFailure(mistake));
    }

    private void upgrade(
            WebTransportArrival arrival,
            HttpRequest request,
            WebTransportConnection connection,
            EnginePacket.Open packet) {
        Matcher matcher = UPGRADE.matcher(packet.data());
        if (!matcher.matches()) {
            arrival.reject(connection);
            onMistake(request, Packets.misplaced(packet, "first (expected: no data, or {\"sid\":\"…\"})"));
            return;
        }
        String sid = matcher.group(1);
        EngineSession session = server.session(sid);
        if (session == null || session.protocol() != EngineQuery.PROTOCOL) {
            arrival.reject(connection);
            server.tellRefused(request, Refusal.sessionUnknown(Excerpt.of(sid)));
            return;
        }
        EventLoop home = session.eventLoop();
        EventLoop away = connection.eventLoop();
        Inflow inflow =
                away.equals(home) ? null : new Inflow(home, away, connection::pauseReading, connection::resumeReading);
        StreamTransport transport = new StreamTransport(session, connection, options, inflow);
        home.run(() -> transport.probe(options, request));
        arrival.arrive(transport, home, inflow);
    }

    private void beginSession(WebTransportArrival arrival, HttpRequest request, WebTransportConnection connection) {
        AllowRequest check = options.allowRequest().orElse(null);
        if (check == null) {
            admit(arrival, request, connection);
            return;
        }
        connection.pauseReading();
        ask(check, request).whenComplete((decision, failure) -> {
            try {
                connection.eventLoop().run(() -> decided(arrival, request, connection, decision, failure));
            } catch (RejectedExecutionException expected) { // the host was stopped in the meantime
                log.debug("allowRequest decided after the end of the host");
            }
        });
    }

    private static CompletionStage<AllowRequest.Decision> ask(AllowRequest check, HttpRequest request) {
        try {
            return check.decide(request);
        } catch (RuntimeException thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    private void decided(
            WebTransportArrival arrival,
            HttpRequest request,
            WebTransportConnection connection,
            AllowRequest.@Nullable Decision decision,
            @Nullable Throwable failure) {
        if (decision == null) {
            log.error("allowRequest failed", failure);
        }
        if (decision != null && decision.allowed()) {
            connection.resumeReading();
            if (arrival.isAwaited()) {
                admit(arrival, request, connection);
            }
        } else {
            arrival.reject(connection);
            server.tellRefused(
                    request,
                    Refusal.forbidden(decision == null ? HandshakeError.FORBIDDEN.message() : decision.message()));
        }
    }

    private void admit(WebTransportArrival arrival, HttpRequest request, WebTransportConnection connection) {
        EventLoop home = connection.eventLoop();
        EngineSession session =
                new EngineSession(ids.next(), EngineQuery.PROTOCOL, withoutHeaders(request), null, server.homeOf(home));
        StreamTransport transport = new StreamTransport(session, connection, options, null);
        transport.open();
        arrival.arrive(transport, home, null);
    }

    /** The official server knows no request of such a session: an application that counts on it finds no header. */
    private static HttpRequest withoutHeaders(HttpRequest request) {
        return new HttpRequest(request.method(), request.target(), HttpHeaders.empty(), request.remoteAddress(), true);
    }
}

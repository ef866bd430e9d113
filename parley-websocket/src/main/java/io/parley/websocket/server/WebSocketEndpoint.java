package io.parley.websocket.server;

import io.parley.websocket.WebSocketListener;
import io.parley.websocket.server.WebSocketOptions.SubprotocolChoice;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens WebSockets for clients that may have one.
 *
 * <p><b>Threading.</b> Immutable; called on event loops.
 */
final class WebSocketEndpoint implements HttpHandler {

    /** What the handshake has used up: a socket keeps its request for life, and this is of no use to anybody. */
    private static final String KEY = "Sec-WebSocket-Key";

    private static final Logger log = LoggerFactory.getLogger(WebSocketEndpoint.class);

    private final WebSocketOptions options;
    private final Consumer<ServerWebSocket> onOpen;
    private final Executor handlerThreads;

    WebSocketEndpoint(WebSocketOptions options, Consumer<ServerWebSocket> onOpen, Executor handlerThreads) {
        this.options = options;
        this.onOpen = onOpen;
        this.handlerThreads = handlerThreads;
    }

    @Override
    public void handle(HttpExchange exchange) {
        HttpRequest request = exchange.request();
        List<String> origins = request.headers().all("Origin");
        if (isAllowed(origins, request)) {
            exchange.upgrade(options.upgrade().withSubprotocols(subprotocols(request)), delivery(request.without(KEY)));
        } else {
            log.debug("{}: origin {} is not allowed", request.target(), origins);
            exchange.respond(refusal(String.join(", ", origins)));
        }
    }

    private WebSocketListener delivery(HttpRequest request) {
        int bound = options.maxUnhandledBytes();
        return options.upgrade().connection().streaming()
                ? new StreamDelivery(request, onOpen, handlerThreads, bound)
                : new MailboxDelivery(request, onOpen, handlerThreads, bound);
    }

    /** Those spoken, or the one that is chosen for this client; a broken offer is refused by the handshake. */
    private List<String> subprotocols(HttpRequest request) {
        SubprotocolChoice choice = options.subprotocolChoice();
        if (choice == null || !HandshakeCheck.subprotocolsAreTokens(request)) {
            return options.upgrade().subprotocols();
        }
        List<String> offered = HandshakeCheck.offeredSubprotocols(request);
        String chosen = choice.choose(offered, request);
        if (!chosen.isEmpty() && !offered.contains(chosen)) {
            throw new IllegalStateException(
                    "Subprotocol " + chosen + " was chosen (expected: one of " + offered + ", or none)");
        }
        return chosen.isEmpty() ? List.of() : List.of(chosen);
    }

    /** A client that is no browser sends no origin: it could send any. */
    private boolean isAllowed(List<String> origins, HttpRequest request) {
        if (origins.isEmpty() || options.allowedOrigins().contains(WebSocketOptions.Builder.ANY_ORIGIN)) {
            return true;
        }
        String origin = origins.get(0).toLowerCase(Locale.ROOT);
        return origins.size() == 1
                && (options.allowedOrigins().contains(origin)
                        || isOwn(origin, request)
                        || options.originPolicy().isAllowed(origin, request));
    }

    /** Whether the page came from the host that the request goes to; the scheme may differ behind a proxy. */
    private static boolean isOwn(String origin, HttpRequest request) {
        String host = request.header("Host").orElse("").toLowerCase(Locale.ROOT);
        return !host.isEmpty() && (isAt(origin, "http://", host, ":80") || isAt(origin, "https://", host, ":443"));
    }

    private static boolean isAt(String origin, String scheme, String host, String defaultPort) {
        return origin.equals(scheme + host) || (origin + defaultPort).equals(scheme + host);
    }

    private static HttpResponse refusal(String origin) {
        return HttpResponse.text(
                403, "Origin " + origin + " (expected: this server's own, or one in the endpoint's allowedOrigins)\n");
    }
}

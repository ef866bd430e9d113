package io.parley.engineio.server;

import io.parley.websocket.EventLoop;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.WebSocketListener;
import io.parley.websocket.server.HttpExchange;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.HttpResponse;
import java.util.Locale;
import java.util.Set;

/**
 * An exchange whose answer gets further header fields.
 *
 * <p><b>Threading.</b> As {@link HttpExchange}.
 */
final class DecoratedExchange implements HttpExchange {

    /** Fields that may stand several times: both are kept. */
    private static final Set<String> ADDED = Set.of("set-cookie", "vary");

    private final HttpExchange exchange;
    private final HttpHeaders more;

    DecoratedExchange(HttpExchange exchange, HttpHeaders more) {
        this.exchange = exchange;
        this.more = more;
    }

    /** The response with further fields, but for those that it has itself. */
    static HttpResponse decorate(HttpResponse response, HttpHeaders more) {
        return new HttpResponse(response.status(), merge(response.headers(), more), response.body());
    }

    private static HttpHeaders merge(HttpHeaders own, HttpHeaders more) {
        HttpHeaders[] merged = {own};
        more.forEach((name, value) -> {
            if (!own.contains(name) || ADDED.contains(name.toLowerCase(Locale.ROOT))) {
                merged[0] = merged[0].with(name, value);
            }
        });
        return merged[0];
    }

    @Override
    public void respond(HttpResponse response) {
        exchange.respond(isWebSocketUpgrade() ? response : decorate(response, more));
    }

    @Override
    public void upgrade(WebSocketUpgrade options, WebSocketListener listener) {
        exchange.upgrade(
                new WebSocketUpgrade(options.subprotocols(), merge(options.headers(), more), options.connection()),
                listener);
    }

    @Override
    public HttpRequest request() {
        return exchange.request();
    }

    @Override
    public EventLoop eventLoop() {
        return exchange.eventLoop();
    }

    @Override
    public void readBody(int maxBytes, BodyReader reader) {
        exchange.readBody(maxBytes, reader);
    }

    @Override
    public boolean isWebSocketUpgrade() {
        return exchange.isWebSocketUpgrade();
    }

    @Override
    public void onAbort(Runnable listener) {
        exchange.onAbort(listener);
    }
}

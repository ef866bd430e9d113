package io.parley.engineio.server;

import io.parley.websocket.HttpHeaders;
import io.parley.websocket.server.HttpExchange;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.HttpResponse;
import java.nio.ByteBuffer;

/**
 * The HTTP answers of the protocol, with the header fields that the official server sends.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class Answers {

    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0);
    private static final HttpHeaders TEXT_PAYLOAD =
            HttpHeaders.of("Content-Type", "text/plain; charset=UTF-8", "cache-control", "no-store");
    private static final HttpHeaders BINARY_PAYLOAD =
            HttpHeaders.of("Content-Type", "application/octet-stream", "cache-control", "no-store");

    // text/html: some browsers offer a download of text/plain.
    private static final HttpResponse OK =
            HttpResponse.of(200, "text/html", "ok").with("cache-control", "no-store");

    private final CrossOrigin crossOrigin;

    Answers(CrossOrigin crossOrigin) {
        this.crossOrigin = crossOrigin;
    }

    /** Answers a poll with packets. */
    void payload(HttpExchange exchange, PollingFormat.Body body) {
        HttpHeaders headers = body.isText() ? TEXT_PAYLOAD : BINARY_PAYLOAD;
        respondForOldBrowsers(exchange, new HttpResponse(200, headers, body.bytes()));
    }

    /** Answers a POST whose packets were taken. */
    void ok(HttpExchange exchange) {
        respondForOldBrowsers(exchange, OK);
    }

    /** Answers with a status and no more. */
    void status(HttpExchange exchange, int status) {
        respond(exchange, new HttpResponse(status, HttpHeaders.empty(), NO_BODY));
    }

    /** Tells why a request is not served: as JSON, or as text when it wanted to become a WebSocket. */
    void refusal(HttpExchange exchange, Refusal refusal) {
        boolean upgrade = exchange.isWebSocketUpgrade();
        int status = refusal.status(upgrade);
        respond(
                exchange,
                upgrade
                        ? HttpResponse.of(status, status == 400 ? "text/html" : "text/plain", refusal.message())
                        : HttpResponse.of(status, "application/json", json(refusal)));
    }

    private static String json(Refusal refusal) {
        return "{\"code\":" + refusal.error().code() + ",\"message\":" + JsonText.quote(refusal.message()) + "}";
    }

    private void respondForOldBrowsers(HttpExchange exchange, HttpResponse response) {
        respond(exchange, isOldBrowser(exchange.request()) ? response.with("X-XSS-Protection", "0") : response);
    }

    private void respond(HttpExchange exchange, HttpResponse response) {
        exchange.respond(response.with(crossOrigin.headers(exchange.request())));
    }

    private static boolean isOldBrowser(HttpRequest request) {
        String browser = request.header("User-Agent").orElse("");
        return browser.contains(";MSIE") || browser.contains("Trident/");
    }
}

package io.parley.engineio.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.server.ContentCoding;
import io.parley.websocket.server.HttpExchange;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    private static final HttpHeaders OK = HttpHeaders.of("Content-Type", "text/html", "cache-control", "no-store");
    private static final ByteBuffer OK_BODY = ByteBuffer.wrap("ok".getBytes(US_ASCII));

    private final CrossOrigin crossOrigin;
    private final HeadersListeners listeners;
    private final PollingCompressor compressor;
    private final @Nullable CookieOptions cookie; // null: none

    Answers(EngineOptions options, CrossOrigin crossOrigin, HeadersListeners listeners) {
        this.crossOrigin = crossOrigin;
        this.listeners = listeners;
        compressor = new PollingCompressor(options);
        cookie = options.cookie().orElse(null);
    }

    /**
     * Answers a poll with packets, compressed if that is wanted.
     *
     * @param packets that the body holds
     */
    void payload(HttpExchange exchange, EngineSession session, List<EncodedPacket> packets, PollingFormat.Body body) {
        HttpHeaders own = body.isText() ? TEXT_PAYLOAD : BINARY_PAYLOAD;
        ContentCoding coding = compressor.codingFor(exchange.request(), packets, body.bytes());
        if (coding == ContentCoding.IDENTITY) {
            exchange.respond(new HttpResponse(200, fields(exchange.request(), own, session), body.bytes()));
            return;
        }
        HttpHeaders fields = fields(exchange.request(), own.with("Content-Encoding", coding.wireName()), session);
        compressor.compress(
                coding, body.bytes(), compressed -> exchange.respond(new HttpResponse(200, fields, compressed)));
    }

    /** Answers a POST whose packets were taken. */
    void ok(HttpExchange exchange, EngineSession session) {
        exchange.respond(new HttpResponse(200, fields(exchange.request(), OK, session), OK_BODY));
    }

    /** The header fields of an answer that went well: those of the protocol, and what is said about them. */
    private HttpHeaders fields(HttpRequest request, HttpHeaders own, EngineSession session) {
        boolean first = session.isBegunBy(request);
        HttpHeaders all = isOldBrowser(request) ? own.with("X-XSS-Protection", "0") : own;
        if (first && cookie != null) {
            all = all.with("Set-Cookie", cookie.setCookie(session.id()));
        }
        return listeners.tell(all.with(crossOrigin.headers(request)), request, first);
    }

    /** Answers with a status and no more. */
    void status(HttpExchange exchange, int status) {
        respond(exchange, new HttpResponse(status, HttpHeaders.empty(), NO_BODY));
    }

    /** Tells why a request is not served: as JSON, or as text when it wanted to become a WebSocket. */
    void refusal(HttpExchange exchange, Refusal refusal) {
        boolean upgrade = exchange.isWebSocketUpgrade();
        int status = refusal.status(upgrade);
        HttpResponse response = upgrade
                ? HttpResponse.of(status, status == 400 ? "text/html" : "text/plain", refusal.message())
                : HttpResponse.of(status, "application/json", json(refusal));
        HttpResponse whole = withRetryAfter(response, refusal);
        exchange.respond(upgrade ? whole : whole.with(crossOrigin.headers(exchange.request())));
    }

    /** Says when to try again, if that is known. */
    static HttpResponse withRetryAfter(HttpResponse response, Refusal refusal) {
        Object seconds = refusal.retryAfter();
        return seconds == null ? response : response.with("Retry-After", seconds.toString());
    }

    private static String json(Refusal refusal) {
        return "{\"code\":" + refusal.error().code() + ",\"message\":" + JsonText.quote(refusal.message()) + "}";
    }

    private void respond(HttpExchange exchange, HttpResponse response) {
        exchange.respond(response.with(crossOrigin.headers(exchange.request())));
    }

    private static boolean isOldBrowser(HttpRequest request) {
        String browser = request.header("User-Agent").orElse("");
        return browser.contains(";MSIE") || browser.contains("Trident/");
    }
}

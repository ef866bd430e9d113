package io.parley.engineio.server;

import io.parley.engineio.EngineException;
import io.parley.engineio.TransportType;
import io.parley.websocket.server.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not served.
 *
 * @param pollingStatus the HTTP status for a request that is not an upgrade
 * @param upgradeStatus the HTTP status for one that is
 */
record Refusal(
        HandshakeError error, int pollingStatus, int upgradeStatus, String message, Map<String, Object> context) {

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final String RETRY_AFTER = "retryAfter";

    static Refusal of(HandshakeError error, Map<String, Object> context) {
        return new Refusal(error, BAD_REQUEST, BAD_REQUEST, error.message(), context);
    }

    static Refusal badRequest(String name) {
        return of(HandshakeError.BAD_REQUEST, Map.of("name", name));
    }

    /** No id for the session; {@code cause} when one was thrown. */
    static Refusal noId(@Nullable Throwable cause) {
        String name = "ID_GENERATION_ERROR";
        return cause == null ? badRequest(name) : of(HandshakeError.BAD_REQUEST, Map.of("name", name, "error", cause));
    }

    static Refusal middlewareFailure(Throwable cause) {
        return of(HandshakeError.BAD_REQUEST, Map.of("name", "MIDDLEWARE_FAILURE", "error", cause));
    }

    /** What came over a transport that was to take over a session; {@code mistake} says how it begins. */
    static Refusal upgradeFailure(String sid, TransportType transport, EngineException mistake) {
        return of(
                HandshakeError.BAD_REQUEST,
                Map.of("name", "UPGRADE_FAILURE", "sid", sid, "transport", transport.wireName(), "error", mistake));
    }

    /** What came first over a WebTransport session does not begin anything; {@code mistake} says how it begins. */
    static Refusal webTransportFailure(EngineException mistake) {
        return of(HandshakeError.BAD_REQUEST, Map.of("name", "WEBTRANSPORT_HANDSHAKE_ERROR", "error", mistake));
    }

    /** There are middlewares, and a WebTransport session cannot pass them. */
    static Refusal noMiddlewareRuns() {
        return badRequest("WEBTRANSPORT_WITH_MIDDLEWARE");
    }

    static Refusal sessionUnknown(String sid) {
        return of(HandshakeError.SESSION_UNKNOWN, Map.of("sid", sid));
    }

    static Refusal transportMismatch(String transport, String previous) {
        return of(
                HandshakeError.BAD_REQUEST,
                Map.of("name", "TRANSPORT_MISMATCH", "transport", transport, "previousTransport", previous));
    }

    /** Refused by {@code allowRequest}. An upgrade hears 400, as from the official server. */
    static Refusal forbidden(String message) {
        return new Refusal(HandshakeError.FORBIDDEN, FORBIDDEN, BAD_REQUEST, message, Map.of("message", message));
    }

    static Refusal otherOrigin(String origin) {
        String message = "Origin " + origin + " is not allowed (expected: the server's own origin, or one of its cors"
                + " option); allow it with CorsOptions.origins(\"" + origin + "\")";
        return new Refusal(
                HandshakeError.FORBIDDEN,
                FORBIDDEN,
                FORBIDDEN,
                message,
                Map.of("name", "ORIGIN_NOT_ALLOWED", "origin", origin));
    }

    /** The server is about to go, in {@code timeLeft} if that is known; whoever asks again may reach another one. */
    static Refusal draining(@Nullable Duration timeLeft) {
        String message = "The server takes no new sessions (expected: try again, elsewhere)";
        return of(SERVICE_UNAVAILABLE, message, context("SERVER_DRAINING", timeLeft));
    }

    /** The server takes nobody any more. */
    static Refusal closing() {
        return unavailable("SERVER_CLOSED", "The server is closing");
    }

    static Refusal unavailable(String name, String message) {
        return of(SERVICE_UNAVAILABLE, message, Map.of("name", name));
    }

    private static Refusal of(int status, String message, Map<String, Object> context) {
        return new Refusal(HandshakeError.BAD_REQUEST, status, status, message, context);
    }

    /** A handshake above a limit; {@code retryAfter} is null when nobody knows. */
    static Refusal limited(HandshakeLimit limit, String message, @Nullable Duration retryAfter) {
        int status =
                switch (limit) {
                    case HANDSHAKES, ADDRESSES -> SERVICE_UNAVAILABLE;
                    case HANDSHAKES_PER_ADDRESS, SESSIONS_PER_ADDRESS -> TOO_MANY_REQUESTS;
                };
        return of(status, message, context("TOO_MANY_" + limit, retryAfter));
    }

    /** With the time in whole seconds, rounded up. */
    private static Map<String, Object> context(String name, @Nullable Duration retryAfter) {
        return retryAfter == null
                ? Map.of("name", name)
                : Map.of("name", name, RETRY_AFTER, 1 + retryAfter.minusNanos(1).toSeconds());
    }

    /** After how many seconds the client may try again, for the header field; null when it is not said. */
    @Nullable
    Object retryAfter() {
        return context.get(RETRY_AFTER);
    }

    int status(boolean upgrade) {
        return upgrade ? upgradeStatus : pollingStatus;
    }

    ConnectionError toConnectionError(HttpRequest request) {
        return new ConnectionError(request, error.code(), message, context);
    }
}

package io.parley.engineio.server;

import io.parley.engineio.TransportType;
import io.parley.websocket.server.HttpRequest;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a request has to be before it is served, in the official order, up to {@code allowRequest}. The check of the
 * origin, which the official server lacks, comes where that one looks at the {@code Origin} field too.
 *
 * <p><b>Threading.</b> Immutable; sessions are looked up as they are at the moment.
 */
final class RequestChecks {

    private final EngineOptions options;
    private final CrossOrigin crossOrigin;
    private final Function<String, @Nullable EngineSession> sessions;

    RequestChecks(EngineOptions options, CrossOrigin crossOrigin, Function<String, @Nullable EngineSession> sessions) {
        this.options = options;
        this.crossOrigin = crossOrigin;
        this.sessions = sessions;
    }

    /** Why the request is refused; null when it is not. */
    @Nullable
    Refusal check(HttpRequest request, EngineQuery query, boolean upgrade) {
        if (!query.asksForOneOf(options.transports()) || query.asksFor(TransportType.WEBTRANSPORT)) {
            return Refusal.of(HandshakeError.TRANSPORT_UNKNOWN, Map.of("transport", query.transport()));
        }
        Refusal refusal = checkOrigin(request, query);
        if (refusal != null) {
            return refusal;
        }
        return query.isHandshake() ? checkHandshake(request, query, upgrade) : checkSession(query, upgrade);
    }

    private @Nullable Refusal checkOrigin(HttpRequest request, EngineQuery query) {
        String origin = request.header("Origin").orElse("");
        if (!FieldSyntax.isValue(origin)) {
            return Refusal.of(HandshakeError.BAD_REQUEST, Map.of("name", "INVALID_ORIGIN", "origin", origin));
        }
        if (!crossOrigin.allows(request)) {
            return Refusal.otherOrigin(origin);
        }
        boolean script =
                query.isHandshake() && query.protocol() != EngineQuery.PROTOCOL && JsonpFormat.isAskedFor(request);
        return script && !crossOrigin.allowsScript(request)
                ? Refusal.otherOrigin(CrossOrigin.pageOrigin(request))
                : null;
    }

    private @Nullable Refusal checkSession(EngineQuery query, boolean upgrade) {
        EngineSession session = sessions.apply(query.sid());
        if (session == null) {
            return Refusal.sessionUnknown(query.sid());
        }
        String current = session.transport().wireName();
        if (!upgrade && !query.transport().equals(current)) {
            return Refusal.transportMismatch(query.transport(), current);
        }
        if (query.protocol() != session.protocol()) {
            return protocolMismatch(query, session);
        }
        return checkUpgrade(query, upgrade);
    }

    private @Nullable Refusal checkHandshake(HttpRequest request, EngineQuery query, boolean upgrade) {
        if (!request.method().equals("GET")) {
            return Refusal.of(HandshakeError.BAD_METHOD, Map.of("method", request.method()));
        }
        return checkUpgrade(query, upgrade);
    }

    /** The official server lets polling with an {@code Upgrade} field pass and closes what it became; we refuse it. */
    private static @Nullable Refusal checkUpgrade(EngineQuery query, boolean upgrade) {
        return upgrade == query.asksFor(TransportType.WEBSOCKET)
                ? null
                : Refusal.badRequest("TRANSPORT_HANDSHAKE_ERROR");
    }

    private static Refusal protocolMismatch(EngineQuery query, EngineSession session) {
        return Refusal.of(
                HandshakeError.BAD_REQUEST,
                Map.of(
                        "name",
                        "PROTOCOL_MISMATCH",
                        "protocol",
                        query.protocol(),
                        "previousProtocol",
                        session.protocol()));
    }
}

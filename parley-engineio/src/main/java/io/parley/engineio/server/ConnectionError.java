package io.parley.engineio.server;

import io.parley.websocket.server.HttpRequest;
import java.util.Map;

/**
 * A request that was refused (the official {@code connection_error}), or one whose transport was closed because of what
 * came over it before it carried a session: {@code UPGRADE_FAILURE}, {@code WEBTRANSPORT_HANDSHAKE_ERROR}, with the cause
 * as {@code error}, which says how it began.
 *
 * @param request the request
 * @param code 0 transport unknown, 1 session ID unknown, 2 bad handshake method, 3 bad request, 4 forbidden, 5
 *     unsupported protocol version
 * @param message what the client was told, if its request was refused
 * @param context what exactly was wrong, by the official names: {@code name}, {@code transport}, {@code sid}, …
 */
public record ConnectionError(HttpRequest request, int code, String message, Map<String, Object> context) {

    /** Takes a copy of the context. */
    public ConnectionError {
        context = Map.copyOf(context);
    }
}

package io.parley.websocket.client;

import static java.util.Objects.requireNonNull;

/**
 * The connection is closed: the last event, and the only one of its kind.
 *
 * @param socket where it happened
 * @param code what the server's close frame said; {@link io.parley.websocket.CloseCode#NO_STATUS} (1005) when it said
 *     nothing, {@link io.parley.websocket.CloseCode#ABNORMAL} (1006) when there was none (RFC 6455 section 7.1.5)
 * @param reason what came with the code; may be empty
 * @param wasClean whether the connection ended by the closing handshake
 */
public record CloseEvent(WebSocket socket, int code, String reason, boolean wasClean) implements Event {

    /** An event of that socket. */
    public CloseEvent {
        requireNonNull(socket, "socket");
        requireNonNull(reason, "reason");
    }
}

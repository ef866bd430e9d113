package io.parley.websocket.client;

import static java.util.Objects.requireNonNull;

/**
 * The connection could not be established, or did not end by the closing handshake. The {@link CloseEvent} follows.
 *
 * @param socket where it happened
 * @param cause what went wrong, which a browser keeps to itself
 */
public record ErrorEvent(WebSocket socket, WebSocketException cause) implements Event {

    /** An event of that socket. */
    public ErrorEvent {
        requireNonNull(socket, "socket");
        requireNonNull(cause, "cause");
    }
}

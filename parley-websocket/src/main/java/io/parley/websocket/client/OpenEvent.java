package io.parley.websocket.client;

import static java.util.Objects.requireNonNull;

/**
 * The connection is established: messages may be sent.
 *
 * @param socket where it happened
 */
public record OpenEvent(WebSocket socket) implements Event {

    /** An event of that socket. */
    public OpenEvent {
        requireNonNull(socket, "socket");
    }
}

package io.parley.cli.echo;

import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.WebSocketListener;

/** Closes a connection as soon as it is open, for clients that want to see it. */
final class Farewell implements WebSocketListener {

    private final int code;
    private final String reason;

    Farewell(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    @Override
    public void onOpen(WebSocketConnection connection) {
        connection.close(code, reason);
    }
}

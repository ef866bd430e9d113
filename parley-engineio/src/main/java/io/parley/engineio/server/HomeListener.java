package io.parley.engineio.server;

import io.parley.websocket.EventLoop;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.WebSocketListener;
import java.nio.ByteBuffer;

/**
 * Brings what happens on a WebSocket of another loop to the session's home, in order.
 *
 * <p><b>Threading.</b> Called on the connection's loop, calls on the home.
 */
final class HomeListener implements WebSocketListener {

    private final EventLoop home;
    private final WebSocketListener listener;

    HomeListener(EventLoop home, WebSocketListener listener) {
        this.home = home;
        this.listener = listener;
    }

    @Override
    public void onOpen(WebSocketConnection connection) {
        home.execute(() -> listener.onOpen(connection));
    }

    @Override
    public void onText(WebSocketConnection connection, String text) {
        home.execute(() -> listener.onText(connection, text));
    }

    @Override
    public void onBinary(WebSocketConnection connection, ByteBuffer bytes) {
        home.execute(() -> listener.onBinary(connection, bytes));
    }

    @Override
    public void onDrain(WebSocketConnection connection) {
        home.execute(() -> listener.onDrain(connection));
    }

    @Override
    public void onClose(WebSocketConnection connection, int code, String reason) {
        home.execute(() -> listener.onClose(connection, code, reason));
    }
}

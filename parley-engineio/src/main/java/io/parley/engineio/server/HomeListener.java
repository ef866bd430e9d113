package io.parley.engineio.server;

import io.parley.websocket.EventLoop;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.WebSocketListener;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Brings what happens on a WebSocket of another loop to the session's home, in order.
 *
 * <p><b>Threading.</b> Called on the connection's loop, calls on the home.
 */
final class HomeListener implements WebSocketListener {

    private final EventLoop home;
    private final WebSocketTransport transport;
    private @Nullable Inflow inflow; // non-null once open

    HomeListener(EventLoop home, WebSocketTransport transport) {
        this.home = home;
        this.transport = transport;
    }

    @Override
    public void onOpen(WebSocketConnection connection) {
        Inflow way = new Inflow(home, connection.eventLoop(), connection::pauseReading, connection::resumeReading);
        inflow = way;
        home.execute(() -> transport.onOpen(connection, way));
    }

    @Override
    public void onText(WebSocketConnection connection, String text) {
        carry(text.length(), () -> transport.onText(connection, text));
    }

    @Override
    public void onBinary(WebSocketConnection connection, ByteBuffer bytes) {
        carry(bytes.remaining(), () -> transport.onBinary(connection, bytes));
    }

    @SuppressWarnings("NullAway") // nothing comes before it is open
    private void carry(int bytes, Runnable action) {
        inflow.carry(bytes, action);
    }

    @Override
    public void onDrain(WebSocketConnection connection) {
        home.execute(() -> transport.onDrain(connection));
    }

    @Override
    public void onClose(WebSocketConnection connection, int code, String reason) {
        home.execute(() -> transport.onClose(connection, code, reason));
    }
}

package io.parley.websocket.client;

import io.parley.websocket.CloseCode;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.WebSocketListener;
import io.parley.websocket.connection.HandlerQueue;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Takes what happens on the connection to the listeners of its {@link WebSocket}, in order.
 *
 * <p><b>Threading.</b> Called on the event loop; listeners run in the queue.
 */
final class Delivery implements WebSocketListener {

    private final WebSocket socket;
    private final HandlerQueue handlers;
    private final Consumer<ByteBuffer> pong;

    Delivery(WebSocket socket, Settings settings) {
        this.socket = socket;
        this.pong = settings.handlers().pong();
        this.handlers = new HandlerQueue(
                settings.handlers().threads(), settings.handlers().maxUnhandledBytes());
    }

    /** The connection could not be established. */
    void failed(WebSocketException cause) {
        handlers.execute(() -> socket.failed(cause));
    }

    @Override
    public void onOpen(WebSocketConnection connection) {
        handlers.execute(() -> socket.opened(connection));
    }

    @Override
    public void onText(WebSocketConnection connection, String text) {
        handlers.deliver(connection, text.length(), () -> socket.message(MessageEvent.text(socket, text)));
    }

    @Override
    public void onBinary(WebSocketConnection connection, ByteBuffer bytes) {
        handlers.deliver(connection, bytes.remaining(), () -> socket.message(MessageEvent.binary(socket, bytes)));
    }

    @Override
    public void onPong(WebSocketConnection connection, ByteBuffer payload) {
        handlers.deliver(connection, payload.remaining(), () -> pong.accept(payload));
    }

    @Override
    public void onClose(WebSocketConnection connection, int code, String reason) {
        if (code == CloseCode.ABNORMAL) {
            handlers.execute(() -> socket.failed(new WebSocketException(code, reason, null)));
        } else {
            handlers.execute(() -> socket.closedBy(code, reason));
        }
    }
}

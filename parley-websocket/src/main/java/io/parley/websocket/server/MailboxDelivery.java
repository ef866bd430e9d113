package io.parley.websocket.server;

import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.WebSocketListener;
import io.parley.websocket.connection.HandlerQueue;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Takes what happens on one connection to the handlers of its {@link ServerWebSocket}.
 *
 * <p><b>Threading.</b> Called on the event loop; handlers run in the mailbox.
 */
class MailboxDelivery implements WebSocketListener {

    private final HttpRequest request;
    private final Consumer<ServerWebSocket> onOpen;
    private final Executor handlerThreads;
    private final HandlerQueue handlers;

    @SuppressWarnings("NullAway.Init") // made by onOpen, which comes first
    private ServerWebSocket socket;

    MailboxDelivery(
            HttpRequest request, Consumer<ServerWebSocket> onOpen, Executor handlerThreads, int maxUnhandledBytes) {
        this.request = request;
        this.onOpen = onOpen;
        this.handlerThreads = handlerThreads;
        handlers = new HandlerQueue(handlerThreads, maxUnhandledBytes);
    }

    HandlerQueue handlers() {
        return handlers;
    }

    ServerWebSocket socket() {
        return socket;
    }

    @Override
    public void onOpen(WebSocketConnection connection) {
        socket = new ServerWebSocket(connection, request, handlerThreads);
        handlers.execute(() -> onOpen.accept(socket));
    }

    @Override
    public void onText(WebSocketConnection connection, String text) {
        handlers.deliver(connection, text.length(), () -> socket.text(text));
    }

    @Override
    public void onBinary(WebSocketConnection connection, ByteBuffer bytes) {
        handlers.deliver(connection, bytes.remaining(), () -> socket.binary(bytes));
    }

    @Override
    public void onPong(WebSocketConnection connection, ByteBuffer payload) {
        handlers.deliver(connection, payload.remaining(), () -> socket.pong(payload));
    }

    @Override
    public void onDrain(WebSocketConnection connection) {
        handlers.execute(socket::drain);
    }

    @Override
    public void onClose(WebSocketConnection connection, int code, String reason) {
        handlers.execute(() -> socket.closed(code, reason));
    }
}

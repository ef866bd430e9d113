package io.parley.websocket.server;

import io.parley.websocket.Mailbox;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.WebSocketListener;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Takes what happens on one connection to the handlers of its {@link ServerWebSocket}. When they fall behind, nothing
 * more is read: the backlog is bounded, and it is the client that waits.
 *
 * <p><b>Threading.</b> Called on the event loop; handlers run in the mailbox.
 */
final class MailboxDelivery implements WebSocketListener {

    private static final int TASK_BYTES = 64; // what waiting costs beside the message: many empty ones cost too

    private final HttpRequest request;
    private final Consumer<ServerWebSocket> onOpen;
    private final Mailbox mailbox;
    private final int maxUnhandledBytes;
    private final AtomicLong unhandledBytes = new AtomicLong();
    private volatile boolean paused; // written on the loop only

    @SuppressWarnings("NullAway.Init") // made by onOpen, which comes first
    private ServerWebSocket socket;

    MailboxDelivery(
            HttpRequest request, Consumer<ServerWebSocket> onOpen, Executor handlerThreads, int maxUnhandledBytes) {
        this.request = request;
        this.onOpen = onOpen;
        this.maxUnhandledBytes = maxUnhandledBytes;
        mailbox = new Mailbox(handlerThreads);
    }

    @Override
    public void onOpen(WebSocketConnection connection) {
        socket = new ServerWebSocket(connection, request);
        mailbox.execute(() -> onOpen.accept(socket));
    }

    @Override
    public void onText(WebSocketConnection connection, String text) {
        deliver(connection, text.length(), () -> socket.text(text));
    }

    @Override
    public void onBinary(WebSocketConnection connection, ByteBuffer bytes) {
        deliver(connection, bytes.remaining(), () -> socket.binary(bytes));
    }

    @Override
    public void onPong(WebSocketConnection connection, ByteBuffer payload) {
        deliver(connection, payload.remaining(), () -> socket.pong(payload));
    }

    @Override
    public void onDrain(WebSocketConnection connection) {
        mailbox.execute(socket::drain);
    }

    @Override
    public void onClose(WebSocketConnection connection, int code, String reason) {
        mailbox.execute(() -> socket.closed(code, reason));
    }

    private void deliver(WebSocketConnection connection, int bytes, Runnable handler) {
        int size = TASK_BYTES + bytes;
        if (unhandledBytes.addAndGet(size) > maxUnhandledBytes && !paused) {
            paused = true;
            connection.pauseReading();
        }
        mailbox.execute(() -> {
            try {
                handler.run();
            } finally {
                handled(connection, size);
            }
        });
    }

    private void handled(WebSocketConnection connection, int size) {
        if (unhandledBytes.addAndGet(-size) <= maxUnhandledBytes / 2 && paused) {
            connection.eventLoop().execute(() -> resume(connection));
        }
    }

    private void resume(WebSocketConnection connection) {
        if (paused && unhandledBytes.get() <= maxUnhandledBytes / 2) {
            paused = false;
            connection.resumeReading();
        }
    }
}

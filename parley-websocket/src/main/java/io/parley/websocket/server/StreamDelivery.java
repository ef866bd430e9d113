package io.parley.websocket.server;

import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.connection.IncomingStreams;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages to their handler while they arrive. Only their bytes hold up the client: of pongs that wait, the
 * latest is kept.
 *
 * <p><b>Threading.</b> Called on the event loop; handlers run in the mailbox.
 */
final class StreamDelivery extends MailboxDelivery {

    private final int maxUnhandledBytes;
    private final AtomicReference<@Nullable ByteBuffer> latestPong = new AtomicReference<>();

    @SuppressWarnings("NullAway.Init") // made by onOpen, which comes first
    private IncomingStreams streams;

    StreamDelivery(
            HttpRequest request, Consumer<ServerWebSocket> onOpen, Executor handlerThreads, int maxUnhandledBytes) {
        super(request, onOpen, handlerThreads, maxUnhandledBytes);
        this.maxUnhandledBytes = maxUnhandledBytes;
    }

    @Override
    public void onOpen(WebSocketConnection connection) {
        super.onOpen(connection);
        streams = new IncomingStreams(connection, maxUnhandledBytes, handlers()::execute, socket()::stream);
    }

    @Override
    public void onPart(WebSocketConnection connection, boolean text, ByteBuffer bytes, boolean last) {
        streams.onPart(text, bytes, last);
    }

    @Override
    public void onPong(WebSocketConnection connection, ByteBuffer payload) {
        if (latestPong.getAndSet(payload) == null) {
            handlers().execute(this::tellPong);
        }
    }

    private void tellPong() {
        ByteBuffer payload = latestPong.getAndSet(null);
        if (payload != null) {
            socket().pong(payload);
        }
    }

    @Override
    public void onClose(WebSocketConnection connection, int code, String reason) {
        streams.onClose(code, reason);
        super.onClose(connection, code, reason);
    }
}

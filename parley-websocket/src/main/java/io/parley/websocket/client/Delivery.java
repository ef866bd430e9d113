package io.parley.websocket.client;

import io.parley.websocket.MessageStream;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.WebSocketListener;
import io.parley.websocket.connection.HandlerQueue;
import io.parley.websocket.connection.IncomingStreams;
import io.parley.websocket.connection.NettyWebSocketConnection;
import io.parley.websocket.http.ResponseHead;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes what happens on the connection to the listeners of its {@link WebSocket}, in order.
 *
 * <p><b>Threading.</b> Called on the event loop; listeners run in the queue.
 */
final class Delivery implements WebSocketListener {

    private final WebSocket socket;
    private final HandlerQueue handlers;
    private final Consumer<ByteBuffer> pong;
    private final Cookies cookies;
    private final int maxUnhandledBytes;
    private final @Nullable Consumer<MessageStream> streamHandler; // null to take messages whole
    private @Nullable IncomingStreams streams; // touched on the loop; non-null from the opening on, if wanted

    Delivery(WebSocket socket, Settings settings) {
        this.socket = socket;
        this.cookies = settings.handshake().cookies();
        this.pong = settings.handlers().pong();
        this.streamHandler = settings.handlers().stream();
        this.maxUnhandledBytes = settings.handlers().maxUnhandledBytes();
        this.handlers = new HandlerQueue(settings.handlers().threads(), maxUnhandledBytes);
    }

    /** An answer to the handshake came, which may set cookies. */
    void answered(Target target, ResponseHead answer) {
        handlers.execute(() -> cookies.keep(target, answer.headers()));
    }

    /** The connection could not be established. */
    void failed(WebSocketException cause) {
        handlers.execute(() -> socket.failed(cause));
    }

    @Override
    public void onOpen(WebSocketConnection connection) {
        if (streamHandler != null) {
            streams = new IncomingStreams(
                    connection, maxUnhandledBytes, handlers::execute, message -> socket.stream(message, streamHandler));
        }
        handlers.execute(() -> socket.opened((NettyWebSocketConnection) connection));
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
    public void onPart(WebSocketConnection connection, boolean text, ByteBuffer bytes, boolean last) {
        if (streams != null) {
            streams.onPart(text, bytes, last);
        }
    }

    @Override
    public void onPong(WebSocketConnection connection, ByteBuffer payload) {
        handlers.deliver(connection, payload.remaining(), () -> pong.accept(payload));
    }

    @Override
    public void onClose(WebSocketConnection connection, int code, String reason) {
        if (streams != null) {
            streams.onClose(code, reason); // a handler that reads one has to end before the others come
        }
        if (((NettyWebSocketConnection) connection).isCloseReceived()) {
            handlers.execute(() -> socket.closedBy(code, reason));
        } else {
            handlers.execute(() -> socket.failed(new WebSocketException(code, reason, null)));
        }
    }
}

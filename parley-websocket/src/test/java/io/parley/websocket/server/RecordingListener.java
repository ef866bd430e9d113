package io.parley.websocket.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.testkit.Deadline;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.WebSocketListener;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Echoes messages and remembers what happened, in words. */
class RecordingListener implements WebSocketListener {

    final List<String> events = new CopyOnWriteArrayList<>();
    final CompletableFuture<WebSocketConnection> opened = new CompletableFuture<>();
    final CompletableFuture<String> closed = new CompletableFuture<>();

    /** The server's end, once there is one. */
    WebSocketConnection connection() {
        return Deadline.get(opened);
    }

    /** Code and reason, once it is over. */
    String closed() {
        return Deadline.get(closed);
    }

    @Override
    public void onOpen(WebSocketConnection connection) {
        opened.complete(connection);
    }

    @Override
    public void onText(WebSocketConnection connection, String text) {
        events.add("text " + text);
        connection.send(text);
    }

    @Override
    public void onBinary(WebSocketConnection connection, ByteBuffer bytes) {
        events.add("binary " + bytes.remaining());
        connection.send(bytes);
    }

    @Override
    public void onPong(WebSocketConnection connection, ByteBuffer payload) {
        events.add("pong " + UTF_8.decode(payload));
    }

    @Override
    public void onDrain(WebSocketConnection connection) {
        events.add("drain");
    }

    @Override
    public void onClose(WebSocketConnection connection, int code, String reason) {
        String end = (code + " " + reason).strip();
        events.add("close " + end);
        closed.complete(end);
    }
}

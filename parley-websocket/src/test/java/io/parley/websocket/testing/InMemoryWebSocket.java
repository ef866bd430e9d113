package io.parley.websocket.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.websocket.CloseCode;
import io.parley.websocket.ConnectionFigures;
import io.parley.websocket.EventLoop;
import io.parley.websocket.PreparedMessage;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.WebSocketListener;
import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The server's end of a WebSocket without a network; the test is the client. Messages sent are kept in order, as text
 * or, for binary ones, as {@code 0x} and hex digits.
 */
public final class InMemoryWebSocket implements WebSocketConnection {

    private final EventLoop loop;
    private final WebSocketUpgrade options;
    private final WebSocketListener listener;
    private final List<String> sent = new ArrayList<>();
    private boolean open = true;
    private boolean ended;
    private boolean writable = true;
    private boolean paused;
    private boolean lastCompress;
    private boolean cutForSlowReading;
    private final List<CompletableFuture<Void>> unflushed = new ArrayList<>();
    private long buffered;
    private int closeCode;

    InMemoryWebSocket(EventLoop loop, WebSocketUpgrade options, WebSocketListener listener) {
        this.loop = loop;
        this.options = options;
        this.listener = listener;
    }

    /** What the server asked for. */
    public WebSocketUpgrade options() {
        return options;
    }

    /** What was sent since the last call. */
    public synchronized List<String> takeSent() {
        List<String> messages = List.copyOf(sent);
        sent.clear();
        return messages;
    }

    /** The code the server closed with: 1005 for none, 1006 when it cut the connection, 0 while it has done neither. */
    public int closeCode() {
        return closeCode;
    }

    /** Whether the server stopped reading. */
    public boolean isPaused() {
        return paused;
    }

    /** The client sends a text message. */
    public void receive(String text) {
        loop.execute(() -> listener.onText(this, text));
    }

    /** The client sends a binary message. */
    public void receive(byte[] bytes) {
        loop.execute(() -> listener.onBinary(this, ByteBuffer.wrap(bytes)));
    }

    /** The client closes, or the connection is lost ({@code code} 1006). */
    public void receiveClose(int code, String reason) {
        loop.execute(() -> end(code, reason));
    }

    /** The connection is cut because too much waits for the client. */
    public void cutForSlowReading() {
        cutForSlowReading = true;
        receiveClose(CloseCode.ABNORMAL, "");
    }

    /** The network takes nothing more, or takes again what waits. */
    public void writable(boolean nowWritable, long bufferedBytes) {
        boolean drained = nowWritable && !writable;
        writable = nowWritable;
        buffered = bufferedBytes;
        if (drained) {
            loop.execute(() -> listener.onDrain(this));
            loop.execute(() -> takeUnflushed().forEach(flushed -> flushed.complete(null)));
        }
    }

    @Override
    public EventLoop eventLoop() {
        return loop;
    }

    @Override
    public String subprotocol() {
        return "";
    }

    @Override
    public String extensions() {
        return "";
    }

    @Override
    public SocketAddress remoteAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_001);
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void send(String text, boolean compress) {
        record(text);
    }

    @Override
    public void send(ByteBuffer bytes, boolean compress) {
        record(hex(bytes));
    }

    /** Whether the last message that was prepared may be compressed. */
    public boolean lastCompress() {
        return lastCompress;
    }

    @Override
    public void send(PreparedMessage message, boolean compress) {
        lastCompress = compress;
        record(message.isText() ? UTF_8.decode(message.payload()).toString() : hex(message.payload()));
    }

    @Override
    public CompletableFuture<Void> stream(boolean text, InputStream source, long length, Executor reader) {
        return CompletableFuture.runAsync(() -> record(read(text, source)), reader);
    }

    @Override
    public CompletableFuture<Void> flushed() {
        CompletableFuture<Void> flushed = new CompletableFuture<>();
        loop.execute(() -> {
            if (ended) {
                flushed.completeExceptionally(new IOException("ended"));
            } else if (writable) {
                flushed.complete(null);
            } else {
                unflushed.add(flushed);
            }
        });
        return flushed;
    }

    private List<CompletableFuture<Void>> takeUnflushed() {
        List<CompletableFuture<Void>> taken = List.copyOf(unflushed);
        unflushed.clear();
        return taken;
    }

    private static String read(boolean text, InputStream source) {
        try (source) {
            byte[] bytes = source.readAllBytes();
            return text ? new String(bytes, UTF_8) : hex(ByteBuffer.wrap(bytes));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void ping(ByteBuffer payload) {
        record("ping " + hex(payload));
    }

    @Override
    public void close() {
        closeWith(CloseCode.NO_STATUS, "");
    }

    @Override
    public void close(int code, String reason) {
        closeWith(code, reason);
    }

    @Override
    public void terminate() {
        closeWith(CloseCode.ABNORMAL, "");
    }

    @Override
    public long bufferedAmount() {
        return buffered;
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public boolean isCutForSlowReading() {
        return cutForSlowReading;
    }

    @Override
    public ConnectionFigures figures() {
        return new ConnectionFigures(0, 0, 0, 0, buffered);
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
    }

    private void closeWith(int code, String reason) {
        loop.run(() -> {
            if (open) {
                closeCode = code;
                loop.execute(() -> end(code, reason));
                open = false;
            }
        });
    }

    private void end(int code, String reason) {
        if (!ended) {
            ended = true;
            open = false;
            takeUnflushed().forEach(flushed -> flushed.completeExceptionally(new IOException("ended")));
            listener.onClose(this, code, reason);
        }
    }

    private synchronized void record(String message) {
        if (open) {
            sent.add(message);
        }
    }

    private static String hex(ByteBuffer bytes) {
        StringBuilder text = new StringBuilder("0x");
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            text.append(String.format("%02x", bytes.get(i)));
        }
        return text.toString();
    }
}

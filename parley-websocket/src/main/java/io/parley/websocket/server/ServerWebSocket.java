package io.parley.websocket.server;

import static java.util.Objects.requireNonNull;

import io.parley.websocket.PreparedMessage;
import io.parley.websocket.WebSocketConnection;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client of a WebSocket endpoint, see {@link HttpServer#webSocket}.
 *
 * <p><b>Threading.</b> Safe for any thread. Handlers run on handler threads, so they may block; those of one socket run
 * one at a time and in the order of what happened. They are set by the function that the endpoint was given, which runs
 * first, so none misses anything. What a handler throws is logged, and the socket goes on. Messages sent by one thread
 * arrive in the order of the calls.
 */
public final class ServerWebSocket {

    private final WebSocketConnection connection;
    private final HttpRequest request;

    private volatile Consumer<String> textHandler = text -> {};
    private volatile Consumer<ByteBuffer> binaryHandler = bytes -> {};
    private volatile Consumer<ByteBuffer> pongHandler = payload -> {};
    private volatile Runnable drainHandler = () -> {};
    private volatile CloseHandler closeHandler = (code, reason) -> {};

    /** Hears the end of a socket. */
    @FunctionalInterface
    public interface CloseHandler {

        /**
         * The socket is closed; nothing comes after this.
         *
         * @param code one of {@link io.parley.websocket.CloseCode}: the peer's, our own when the peer broke the
         *     protocol, {@link io.parley.websocket.CloseCode#ABNORMAL} when the connection was lost or cut
         * @param reason what came with it, or what went wrong; may be empty
         */
        void onClose(int code, String reason);
    }

    ServerWebSocket(WebSocketConnection connection, HttpRequest request) {
        this.connection = connection;
        this.request = request;
    }

    /** The request that opened it: path, query and header fields. */
    public HttpRequest request() {
        return request;
    }

    /** The subprotocol agreed on; empty when there is none. */
    public String subprotocol() {
        return connection.subprotocol();
    }

    /** The client's address, null when it is unknown. */
    public @Nullable SocketAddress remoteAddress() {
        return connection.remoteAddress();
    }

    /** Whether messages are still accepted. */
    public boolean isOpen() {
        return connection.isOpen();
    }

    /** Sends a text message; once the socket is closed it is dropped without a word, as in the browser. */
    public void send(String text) {
        connection.send(requireNonNull(text, "text"));
    }

    /**
     * Sends a binary message.
     *
     * @param bytes copied before the call returns
     */
    public void send(byte[] bytes) {
        connection.send(ByteBuffer.wrap(bytes));
    }

    /**
     * Sends a binary message.
     *
     * @param bytes copied before the call returns; its position stays
     */
    public void send(ByteBuffer bytes) {
        connection.send(requireNonNull(bytes, "bytes"));
    }

    /** Sends a message that was encoded once, for many sockets. */
    public void send(PreparedMessage message) {
        connection.send(requireNonNull(message, "message"));
    }

    /**
     * Sends a ping (RFC 6455 section 5.5.2). Pings of the client are answered without doing anything.
     *
     * @param payload at most 125 bytes, copied before the call returns
     * @throws IllegalArgumentException if it is longer
     */
    public void ping(ByteBuffer payload) {
        connection.ping(requireNonNull(payload, "payload"));
    }

    /** Bytes accepted by {@code send} and not yet handed to the network. */
    public long bufferedAmount() {
        return connection.bufferedAmount();
    }

    /** Whether little enough waits to be sent: below 1 MiB, and half of {@code maxBufferedBytes}. */
    public boolean isWritable() {
        return connection.isWritable();
    }

    /** Starts the closing handshake without a code: the client sees 1005. */
    public void close() {
        connection.close();
    }

    /**
     * Starts the closing handshake (RFC 6455 section 7).
     *
     * @param code 1000 to 1014 but not 1004 to 1006, or 3000 to 4999
     * @param reason at most 123 bytes of UTF-8
     * @throws IllegalArgumentException if the code must not be sent or the reason is too long
     */
    public void close(int code, String reason) {
        connection.close(code, requireNonNull(reason, "reason"));
    }

    /** Cuts the connection at once. */
    public void terminate() {
        connection.terminate();
    }

    /** Sets what takes text messages; without it they are ignored. */
    public void onText(Consumer<String> handler) {
        textHandler = requireNonNull(handler, "handler");
    }

    /** Sets what takes binary messages; without it they are ignored. The bytes are the handler's own, on the heap. */
    public void onBinary(Consumer<ByteBuffer> handler) {
        binaryHandler = requireNonNull(handler, "handler");
    }

    /** Sets what takes pongs. */
    public void onPong(Consumer<ByteBuffer> handler) {
        pongHandler = requireNonNull(handler, "handler");
    }

    /** Sets what runs when {@link #isWritable} is true again after it was false. */
    public void onDrain(Runnable handler) {
        drainHandler = requireNonNull(handler, "handler");
    }

    /** Sets what hears the end: called once, after everything else. */
    public void onClose(CloseHandler handler) {
        closeHandler = requireNonNull(handler, "handler");
    }

    void text(String text) {
        textHandler.accept(text);
    }

    void binary(ByteBuffer bytes) {
        binaryHandler.accept(bytes);
    }

    void pong(ByteBuffer payload) {
        pongHandler.accept(payload);
    }

    void drain() {
        drainHandler.run();
    }

    void closed(int code, String reason) {
        closeHandler.onClose(code, reason);
    }
}

package io.parley.websocket.server;

import static java.util.Objects.requireNonNull;

import io.parley.websocket.ConnectionFigures;
import io.parley.websocket.MessageStream;
import io.parley.websocket.PreparedMessage;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.connection.Broadcast;
import io.parley.websocket.connection.NettyWebSocketConnection;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
    private final Executor handlerThreads;

    private volatile Consumer<String> textHandler = text -> {};
    private volatile Consumer<ByteBuffer> binaryHandler = bytes -> {};
    private volatile Consumer<MessageStream> streamHandler = message -> {};
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

    ServerWebSocket(WebSocketConnection connection, HttpRequest request, Executor handlerThreads) {
        this.connection = connection;
        this.request = request;
        this.handlerThreads = handlerThreads;
    }

    /**
     * The request that opened it: path, query, header fields but for {@code Sec-WebSocket-Key}, and the client's certificate
     * with mutual TLS.
     */
    public HttpRequest request() {
        return request;
    }

    /** The subprotocol agreed on; empty when there is none. */
    public String subprotocol() {
        return connection.subprotocol();
    }

    /** The extensions agreed on, as the answer named them; empty when there is none. */
    public String extensions() {
        return connection.extensions();
    }

    /** What went over it so far, and what waits. */
    public ConnectionFigures figures() {
        return connection.figures();
    }

    /** The client's address, see {@link HttpRequest}; null when it is unknown. */
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

    /**
     * Sends a message that was encoded once, for many sockets. The frame is shared by all, and the compressed one by all
     * that agreed on the same compression. To send to many at once, {@link #sendAll} costs less.
     */
    public void send(PreparedMessage message) {
        connection.send(requireNonNull(message, "message"));
    }

    /**
     * Sends a message to many sockets: the way to broadcast. It is encoded once, and each event loop is given all of its
     * sockets in one piece. To each socket it goes as by {@link #send(PreparedMessage)}.
     *
     * @param sockets to each of them as often as it comes
     */
    public static void sendAll(Iterable<ServerWebSocket> sockets, PreparedMessage message) {
        Broadcast broadcast = new Broadcast(requireNonNull(message, "message"));
        for (ServerWebSocket socket : sockets) {
            if (socket.connection instanceof NettyWebSocketConnection own) {
                broadcast.add(own);
            } else {
                socket.connection.send(message);
            }
        }
        broadcast.send();
    }

    /** Sends a text message, not compressed unless {@code compress}: what is random or compressed already. */
    public void send(String text, boolean compress) {
        connection.send(requireNonNull(text, "text"), compress);
    }

    /** Sends a binary message as {@link #send(ByteBuffer)} does, not compressed unless {@code compress}. */
    public void send(ByteBuffer bytes, boolean compress) {
        connection.send(requireNonNull(bytes, "bytes"), compress);
    }

    /** Sends a message as {@link #send(PreparedMessage)} does, not compressed unless {@code compress}. */
    public void send(PreparedMessage message, boolean compress) {
        connection.send(requireNonNull(message, "message"), compress);
    }

    /**
     * Sends a file as one binary message. It is read while it is sent, no faster than the client takes it, and never in
     * memory as a whole. Messages sent after it wait until it is sent; pings and pongs do not.
     *
     * @return completes when the last byte was handed to the network; fails with an {@link IOException} when the file
     *     cannot be read, which closes the socket if that has begun, or when the socket is closed before
     */
    public CompletableFuture<Void> send(Path file) {
        requireNonNull(file, "file");
        try {
            return connection.stream(false, Files.newInputStream(file), Files.size(file), handlerThreads);
        } catch (IOException unreadable) {
            return CompletableFuture.failedFuture(unreadable);
        }
    }

    /**
     * Sends what a stream gives as one binary message, as {@link #send(Path)} does with a file.
     *
     * @param source read by a handler thread, and closed in the end
     * @return as {@link #send(Path)}
     */
    public CompletableFuture<Void> send(InputStream source) {
        return connection.stream(false, requireNonNull(source, "source"), -1, handlerThreads);
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

    /**
     * Sets what takes messages while they arrive, when the endpoint is {@linkplain WebSocketOptions.Builder#streaming
     * streaming}; without it they are skipped. The handler reads on its own thread and may block: the client waits. What
     * it leaves unread when it returns is skipped, and the next message is not handed over before.
     */
    public void onMessageStream(Consumer<MessageStream> handler) {
        streamHandler = requireNonNull(handler, "handler");
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

    void stream(MessageStream message) {
        streamHandler.accept(message);
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

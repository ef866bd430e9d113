package io.parley.websocket;

import java.io.InputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * An established WebSocket connection, as the layer above sees it (RFC 6455). The host that carries the connection
 * implements it: the server and the client of this module, or a foreign container.
 *
 * <p><b>Threading.</b> Every method may be called from any thread. Messages sent by one thread arrive in the order of
 * the calls. What is sent while the event loop works through what it has read is joined and leaves in one piece at the
 * end of that work.
 */
public interface WebSocketConnection {

    /** The connection's home: its listener is called there and nowhere else. */
    EventLoop eventLoop();

    /** The subprotocol both sides agreed on; empty when there is none (RFC 6455 section 1.9). */
    String subprotocol();

    /** The extensions both sides agreed on, as the handshake's answer names them; empty when there is none. */
    String extensions();

    /** The peer's address; null when the host does not know it. */
    @Nullable
    SocketAddress remoteAddress();

    /** Whether messages are still accepted: true until a close was sent, received or the connection was lost. */
    boolean isOpen();

    /** Sends a text message. After the close it is dropped without a word, as in the browser. */
    default void send(String text) {
        send(text, true);
    }

    /**
     * Sends a text message.
     *
     * @param compress whether it may be compressed, if that was negotiated
     */
    void send(String text, boolean compress);

    /**
     * Sends a binary message.
     *
     * @param bytes copied before the call returns
     */
    default void send(ByteBuffer bytes) {
        send(bytes, true);
    }

    /**
     * Sends a binary message.
     *
     * @param bytes copied before the call returns
     * @param compress whether it may be compressed, if that was negotiated
     */
    void send(ByteBuffer bytes, boolean compress);

    /** Sends a message that was encoded once and may be on its way to many connections. */
    default void send(PreparedMessage message) {
        send(message, true);
    }

    /**
     * Sends a message that was encoded once and may be on its way to many connections.
     *
     * @param compress whether it may be compressed, if that was negotiated
     */
    void send(PreparedMessage message, boolean compress);

    /**
     * Sends a message in fragments while its bytes are read, so that it is never in memory as a whole. Messages sent
     * after it wait until it is complete; pings and pongs do not.
     *
     * @param text whether it is a text message; then the bytes must be UTF-8
     * @param source read by {@code reader}, no faster than the peer takes it; closed in the end
     * @param length of the message in bytes, for {@link #bufferedAmount}; -1 when it is unknown
     * @param reader runs one task, which blocks until the message is sent
     * @return completes when the last byte was handed to the network; with an {@link java.io.IOException} when the
     *     source could not be read or the connection was over before
     */
    CompletableFuture<Void> stream(boolean text, InputStream source, long length, Executor reader);

    /**
     * Tells when everything sent so far is with the network.
     *
     * @return completes on {@link #eventLoop}; with an {@link java.io.IOException} when the connection was over before
     */
    CompletableFuture<Void> flushed();

    /**
     * Sends a ping (RFC 6455 section 5.5.2).
     *
     * @param payload at most 125 bytes, copied before the call returns
     */
    void ping(ByteBuffer payload);

    /**
     * Starts the closing handshake without a status code: the peer sees 1005 (RFC 6455 section 7.1.5). When the peer
     * does not answer in time the connection is cut.
     */
    void close();

    /**
     * Starts the closing handshake.
     *
     * @param code a code that may be sent, see {@link CloseCode}
     * @param reason at most 123 bytes of UTF-8
     * @throws IllegalArgumentException if the code must not be sent or the reason is too long
     */
    void close(int code, String reason);

    /** Cuts the connection at once, without a closing handshake. The peer sees 1006. */
    void terminate();

    /**
     * Bytes of messages accepted by {@code send} and not yet handed to the network: payloads before compression, no
     * frame headers, as in the browser.
     */
    long bufferedAmount();

    /** Whether little enough waits to be sent: less than {@link ConnectionOptions#highWaterMark}. */
    boolean isWritable();

    /**
     * Whether it was cut because the peer read too slowly: more waited than {@link ConnectionOptions#maxBufferedBytes}.
     * With it {@link WebSocketListener#onClose} can tell a slow peer from a lost one: the code of both is 1006.
     */
    boolean isCutForSlowReading();

    /** What went over this connection so far. */
    ConnectionFigures figures();

    /** Stops reading from the peer until {@link #resumeReading}: back-pressure that reaches the sender. */
    void pauseReading();

    /** Goes on after {@link #pauseReading}. */
    void resumeReading();
}

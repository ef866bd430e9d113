package io.parley.websocket;

import java.nio.ByteBuffer;

/**
 * What happens on one WebSocket connection.
 *
 * <p><b>Threading.</b> Called on the connection's event loop only, so nothing here may block. {@link #onOpen} comes
 * first, {@link #onClose} exactly once and last. What a method throws closes the connection with
 * {@link CloseCode#INTERNAL_ERROR} and is logged.
 */
public interface WebSocketListener {

    /** The handshake is done. What is sent here leaves together with the handshake's answer. */
    default void onOpen(WebSocketConnection connection) {}

    /** A whole text message arrived. */
    default void onText(WebSocketConnection connection, String text) {}

    /**
     * A whole binary message arrived.
     *
     * @param bytes the listener's own: a buffer on the heap that nobody writes to any more
     */
    default void onBinary(WebSocketConnection connection, ByteBuffer bytes) {}

    /**
     * A part of a message arrived: instead of {@link #onText} and {@link #onBinary} when the connection is
     * {@linkplain ConnectionOptions#streaming streaming}. Parts are cut anywhere, inside of a character too, but all of
     * a text is valid UTF-8.
     *
     * @param bytes the listener's own; may be empty
     * @param last whether the message ends with it
     */
    default void onPart(WebSocketConnection connection, boolean text, ByteBuffer bytes, boolean last) {}

    /** A pong arrived (RFC 6455 section 5.5.3). Pings are answered by the connection itself. */
    default void onPong(WebSocketConnection connection, ByteBuffer payload) {}

    /** {@link WebSocketConnection#isWritable} is true again after it was false. */
    default void onDrain(WebSocketConnection connection) {}

    /**
     * The connection is over.
     *
     * @param code the peer's or our own close code, {@link CloseCode#NO_STATUS} or {@link CloseCode#ABNORMAL}
     * @param reason the reason that came with it, or what went wrong, with the first 64 bytes of it escaped if it was
     *     the peer's mistake; never null, may be empty
     */
    default void onClose(WebSocketConnection connection, int code, String reason) {}
}

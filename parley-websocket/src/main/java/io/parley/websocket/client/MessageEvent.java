package io.parley.websocket.client;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A whole message came. */
public final class MessageEvent implements Event {

    private final WebSocket socket;
    private final @Nullable String text; // null for a binary message
    private final ByteBuffer bytes; // on the heap and nobody else's; empty for a text message

    private MessageEvent(WebSocket socket, @Nullable String text, ByteBuffer bytes) {
        this.socket = socket;
        this.text = text;
        this.bytes = bytes;
    }

    static MessageEvent text(WebSocket socket, String text) {
        return new MessageEvent(socket, text, ByteBuffer.allocate(0));
    }

    static MessageEvent binary(WebSocket socket, ByteBuffer bytes) {
        return new MessageEvent(socket, null, bytes);
    }

    @Override
    public WebSocket socket() {
        return socket;
    }

    /** The origin of the socket's URL, such as {@code wss://chat.example}. */
    public String origin() {
        return socket.target().origin();
    }

    /** Whether it is a text message; a binary one otherwise. */
    public boolean isText() {
        return text != null;
    }

    /**
     * The message as the browser gives it.
     *
     * @return a {@link String}, or for a binary message what {@link WebSocket#binaryType} says: a {@code byte[]} or a
     *     read-only {@link ByteBuffer}
     */
    public Object data() {
        if (text != null) {
            return text;
        }
        return switch (socket.binaryType()) {
            case BYTE_ARRAY -> bytes();
            case BYTE_BUFFER -> buffer();
        };
    }

    /**
     * The text.
     *
     * @throws IllegalStateException if it is a binary message
     */
    public String text() {
        if (text == null) {
            throw new IllegalStateException("text() of a binary message (expected: a text message; see isText())");
        }
        return text;
    }

    /**
     * The bytes of a binary message, for the caller to keep: all listeners are given the same array.
     *
     * @throws IllegalStateException if it is a text message
     */
    public byte[] bytes() {
        checkBinary();
        if (bytes.arrayOffset() == 0 && bytes.array().length == bytes.remaining()) {
            return bytes.array();
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }

    /**
     * The bytes of a binary message, read-only, with a position of the caller's own.
     *
     * @throws IllegalStateException if it is a text message
     */
    public ByteBuffer buffer() {
        checkBinary();
        return bytes.asReadOnlyBuffer();
    }

    private void checkBinary() {
        if (text != null) {
            throw new IllegalStateException("bytes of a text message (expected: a binary message; see isText())");
        }
    }

    @Override
    public String toString() {
        return text == null ? "MessageEvent[" + bytes.remaining() + " bytes]" : "MessageEvent[" + text + "]";
    }
}

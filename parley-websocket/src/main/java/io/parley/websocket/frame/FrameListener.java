package io.parley.websocket.frame;

import java.nio.ByteBuffer;

/** Takes what a {@link FrameDecoder} has decoded. All arguments are the listener's own and on the heap. */
public interface FrameListener {

    /** A whole text message. */
    void onText(String text);

    /** A whole binary message. */
    void onBinary(ByteBuffer bytes);

    /**
     * A part of a message, instead of the two above when the decoder is told to hand over parts.
     *
     * @param bytes may be empty; those of a text are valid UTF-8, but may end inside of a character
     * @param last whether the message ends with it
     */
    void onPart(boolean text, ByteBuffer bytes, boolean last);

    /** A ping, to be answered by a pong with the same payload (RFC 6455 section 5.5.2). */
    void onPing(ByteBuffer payload);

    /** A pong (RFC 6455 section 5.5.3). */
    void onPong(ByteBuffer payload);

    /**
     * A close frame: nothing that follows it is to be decoded (RFC 6455 section 5.5.1).
     *
     * @param code the peer's, or {@link io.parley.websocket.CloseCode#NO_STATUS} when it gave none
     */
    void onClose(int code, String reason);
}

package io.parley.engineio.packet;

import static java.util.Objects.requireNonNull;

import io.parley.websocket.PreparedMessage;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A message packet encoded for sending. Its form for each transport is built when the first recipient needs it and
 * then shared, so a broadcast costs one encoding (Engine.IO protocol 4, "Packet encoding").
 *
 * <p><b>Threading.</b> Immutable to the eye, so safe for any thread.
 */
public final class EncodedPacket {

    private final @Nullable String text; // null for a binary message
    private final @Nullable ByteBuffer bytes; // null for a text message
    private volatile @Nullable PreparedMessage frame; // null until the first WebSocket recipient

    private EncodedPacket(@Nullable String text, @Nullable ByteBuffer bytes) {
        this.text = text;
        this.bytes = bytes;
    }

    /** A text message: packet type {@code 4} and the text. */
    public static EncodedPacket text(String text) {
        return new EncodedPacket(text, null);
    }

    /**
     * A binary message.
     *
     * @param bytes shared: they must not change any more
     */
    public static EncodedPacket binary(ByteBuffer bytes) {
        return new EncodedPacket(null, bytes.slice().asReadOnlyBuffer());
    }

    /** The message as one WebSocket message: the type digit and the text, or the bytes as they are. */
    public PreparedMessage webSocketMessage() {
        PreparedMessage prepared = frame;
        if (prepared == null) {
            prepared = text != null ? PreparedMessage.text("4" + text) : PreparedMessage.binary(requireNonNull(bytes));
            frame = prepared; // two threads may build it twice: equal, so either serves
        }
        return prepared;
    }
}

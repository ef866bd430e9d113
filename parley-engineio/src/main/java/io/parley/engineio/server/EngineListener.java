package io.parley.engineio.server;

import io.parley.engineio.DisconnectReason;
import io.parley.engineio.TransportType;
import java.nio.ByteBuffer;

/**
 * What happens in one session. What a method throws is logged and ends the session with {@code forced close}.
 *
 * <p><b>Threading.</b> Called on the session's event loop only, so nothing here may block. {@link #onClose} comes
 * exactly once and last.
 */
public interface EngineListener {

    /** A text message arrived. */
    void onText(String text);

    /**
     * A binary message arrived.
     *
     * @param bytes the listener's own, on the heap
     */
    void onBinary(ByteBuffer bytes);

    /** What waited has left: {@link EngineSocket#isWritable} is true again. */
    default void onDrain() {}

    /** {@link EngineSocket#isAboveHighWaterMark} was true, and is false again. */
    default void onBelowHighWaterMark() {}

    /** The session moved to another transport. */
    default void onUpgrade(TransportType transport) {}

    /**
     * The session is over.
     *
     * @param description what exactly happened, for people; may be empty
     */
    void onClose(DisconnectReason reason, String description);
}

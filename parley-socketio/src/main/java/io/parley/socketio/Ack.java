package io.parley.socketio;

import org.jspecify.annotations.Nullable;

/**
 * Answers one event of the peer.
 *
 * <p><b>Threading.</b> Safe for any thread. The first answer is sent, further ones are ignored, and so is every answer
 * to an event that asked for none.
 */
public interface Ack {

    /**
     * Sends the acknowledgement.
     *
     * @param values what the peer's callback receives; none is fine
     */
    void send(@Nullable Object... values);

    /** Whether the peer waits for an answer. */
    boolean isRequested();
}

package io.parley.engineio.server;

import java.nio.ByteBuffer;

/**
 * What happens in one WebTransport session. The engine implements it, see {@link EngineServer#onWebTransportSession}.
 *
 * <p><b>Threading.</b> To be called on the session's event loop only: {@link #onOpen} first, {@link #onClose} exactly
 * once and last.
 */
public interface WebTransportListener {

    /** The session is accepted. Its stream is up to the client. */
    void onOpen(WebTransportConnection connection);

    /**
     * Bytes arrived on the session's stream.
     *
     * @param bytes not used after the call
     */
    void onBytes(WebTransportConnection connection, ByteBuffer bytes);

    /** {@link WebTransportConnection#isWritable} is true again after it was false. */
    void onDrain(WebTransportConnection connection);

    /**
     * The session is over, or its stream is.
     *
     * @param description what happened, for people; may be empty
     */
    void onClose(WebTransportConnection connection, String description);
}

package io.parley.cli.connect;

import io.parley.websocket.client.CloseEvent;
import io.parley.websocket.client.WebSocket;
import io.parley.websocket.client.WebSocketException;
import java.io.IOException;

/**
 * Tells a person or a program what happens on a connection. What throws says that nobody reads it any more.
 *
 * <p><b>Threading.</b> One call at a time, in the order of the events.
 */
interface Display {

    /** The connection is established. */
    void opened(WebSocket socket) throws IOException;

    /** A text message came. */
    void text(String text) throws IOException;

    /** A binary message came. */
    void binary(byte[] message) throws IOException;

    /** The connection could not be established, or was lost. {@link #closed} follows. */
    void failed(WebSocketException cause) throws IOException;

    /**
     * The connection is over; the last call.
     *
     * @param asked whether it was this side that closed
     */
    void closed(CloseEvent close, boolean asked) throws IOException;
}

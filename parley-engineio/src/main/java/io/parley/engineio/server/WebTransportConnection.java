package io.parley.engineio.server;

import io.parley.websocket.EventLoop;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * A WebTransport session with the one bidirectional stream that the engine uses, the first that the client opens. The
 * host that carries the session implements it, as {@link io.parley.websocket.WebSocketConnection} is implemented for a
 * WebSocket.
 *
 * <p><b>Threading.</b> Every method may be called from any thread. What one thread sends leaves in the order of the
 * calls.
 */
public interface WebTransportConnection {

    /** The session's home: its listener is called there and nowhere else. */
    EventLoop eventLoop();

    /**
     * Sends bytes on the stream. After the close they are dropped without a word.
     *
     * @param bytes shared, perhaps with other sessions: they do not change any more
     */
    void send(ByteBuffer bytes);

    /**
     * Tells when everything sent so far is with the network.
     *
     * @return completes on {@link #eventLoop}; with an {@link java.io.IOException} when the session was over before
     */
    CompletableFuture<Void> flushed();

    /** Bytes taken by {@link #send} and not yet handed to the network. */
    long bufferedAmount();

    /** Whether little enough waits to be sent. */
    boolean isWritable();

    /** Closes the session, without a code or a reason, when what was sent has left. */
    void close();

    /** Cuts the session at once. */
    void terminate();

    /** Stops reading from the stream until {@link #resumeReading}: back-pressure that reaches the sender. */
    void pauseReading();

    /** Goes on after {@link #pauseReading}. */
    void resumeReading();
}

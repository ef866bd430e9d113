package io.parley.engineio.server;

import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EncodedPacket;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What carries a session's packets.
 *
 * <p><b>Threading.</b> Confined to the session's home, but for {@link #type}, {@link #isWritable},
 * {@link #isAboveHighWaterMark} and {@link #bufferedBytes}, which may be asked from any thread.
 */
interface Transport {

    TransportType type();

    /** Where the client is, if this transport is a connection that knows; null otherwise. For any thread. */
    default @Nullable SocketAddress remoteAddress() {
        return null;
    }

    /** Takes a packet; it leaves after those taken before. */
    void send(EncodedPacket packet);

    /** Whether a packet would leave at once. */
    boolean isWritable();

    /** Whether more waits than a client that keeps up lets wait. */
    boolean isAboveHighWaterMark();

    /** Bytes taken and not yet handed to the network. */
    long bufferedBytes();

    /** Completes {@code told} when what was taken so far has left, and fails it when that will never be. */
    void whenSent(CompletableFuture<Void> told);

    /** Closes when what was taken has left, and tells {@link EngineSession#onClosed} then. */
    void close();

    /** Closes at once and tells nobody: the session is over. */
    void discard();

    /** Cuts what is left of the connection after {@link #discard}: a goodbye would never arrive. */
    default void cut() {}

    /** Takes nothing more from the client until {@link #resumeReading}. */
    void pauseReading();

    /** Goes on after {@link #pauseReading}. */
    void resumeReading();
}

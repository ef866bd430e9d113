package io.parley.engineio.server;

import io.parley.engineio.DisconnectReason;
import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.websocket.EventLoop;
import io.parley.websocket.server.HttpRequest;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One client's session, over whichever transport carries it at the moment.
 *
 * <p><b>Threading.</b> Every method may be called from any thread. Packets sent by one thread arrive in the order of
 * the calls; sent on {@link #eventLoop} they are handed to the transport before the call returns.
 */
public interface EngineSocket {

    /** The session id ({@code sid}): a secret between the server and this client, 20 characters by default. */
    String id();

    /** The home of the session: its listener is called there and nowhere else. */
    EventLoop eventLoop();

    /** The version of the Engine.IO protocol that the client speaks: 4, or 3 when {@link EngineOptions#allowEIO3}. */
    int protocol();

    /** The request that began the session. */
    HttpRequest request();

    /** Where the request that began the session came from; null when the host does not know. */
    default @Nullable SocketAddress remoteAddress() {
        return request().remoteAddress();
    }

    /** What carries the session now. */
    TransportType transport();

    /** How far the session is. */
    ReadyState readyState();

    /** Whether another transport is about to take over. */
    boolean isUpgrading();

    /** Whether the session has moved to another transport than it began on. */
    boolean isUpgraded();

    /** Whether packets are still accepted. */
    boolean isOpen();

    /** Sends a packet. After the end of the session it is dropped without a word. */
    void send(EncodedPacket packet);

    /**
     * Sends a packet and tells when it has left: when it is with the network over WebSocket, in an answer over polling.
     *
     * @return completes on {@link #eventLoop}; with an {@link java.io.IOException} when the session was over before
     */
    CompletableFuture<Void> write(EncodedPacket packet);

    /** Adds somebody who sees what happens from now on in this session, see {@link EngineServer#observe} for all. */
    void observe(EngineObserver observer);

    /**
     * Whether a packet sent now would leave at once: a WebSocket below its high-water mark, a poll that waits. What is
     * volatile is sent only then. Exact on {@link #eventLoop}, a hint elsewhere.
     */
    boolean isWritable();

    /**
     * Whether so much waits that the client is slow: {@link EngineOptions#highWaterMark} bytes or more. A client that
     * polls is not slow because no poll waits at the moment. Exact on {@link #eventLoop}, a hint elsewhere.
     */
    boolean isAboveHighWaterMark();

    /** Bytes accepted by {@link #send} and not yet handed to the network. */
    long bufferedBytes();

    /** Ends the session when what was sent has left; reason {@code forced close}. */
    void close();

    /** Ends the session at once, whatever waits to be sent; reason {@code forced close}. */
    void closeNow();

    /**
     * Ends the session at once for a reason of the caller's, and cuts its connection: for a client with which no
     * orderly end is to be expected.
     *
     * @param description what exactly happened, for people
     */
    void cut(DisconnectReason reason, String description);

    /** Stops reading from the client until {@link #resumeReading}: back-pressure that reaches the sender. */
    void pauseReading();

    /** Goes on after {@link #pauseReading}. */
    void resumeReading();
}

package io.parley.websocket.server;

import io.parley.websocket.connection.NettyWebSocketConnection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a server counts, see {@link ServerFigures}.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class ServerCounters {

    final LongAdder accepted = new LongAdder();
    final LongAdder refusedByTotal = new LongAdder();
    final LongAdder refusedByAddress = new LongAdder();
    final LongAdder refusedHandshakes = new LongAdder();
    final LongAdder failedHandshakes = new LongAdder();
    final LongAdder closed = new LongAdder();
    final LongAdder webSocketsOpened = new LongAdder();
    final LongAdder webSocketsClosed = new LongAdder();
    final LongAdder slowReadersCut = new LongAdder();

    private final AtomicInteger handshakes = new AtomicInteger();

    /** Counts a TLS handshake that begins, unless there are too many. */
    boolean beginHandshake(int max) {
        if (handshakes.incrementAndGet() <= max) {
            return true;
        }
        handshakes.decrementAndGet();
        refusedHandshakes.increment();
        return false;
    }

    /** Counts a WebSocket whose network connection is closed. */
    void countEnd(NettyWebSocketConnection webSocket) {
        webSocketsClosed.increment();
        if (webSocket.isCutForSlowReading()) {
            slowReadersCut.increment();
        }
    }

    void endHandshake() {
        handshakes.decrementAndGet();
    }

    /** What was closed is read before what was opened, so that no figure is below zero. */
    ServerFigures figures() {
        long closedConnections = closed.sum();
        long closedWebSockets = webSocketsClosed.sum();
        long openedWebSockets = webSocketsOpened.sum();
        long acceptedConnections = accepted.sum();
        return new ServerFigures(
                acceptedConnections - closedConnections,
                acceptedConnections,
                refusedByTotal.sum(),
                refusedByAddress.sum(),
                handshakes.get(),
                refusedHandshakes.sum(),
                failedHandshakes.sum(),
                openedWebSockets - closedWebSockets,
                openedWebSockets,
                slowReadersCut.sum());
    }
}

package io.parley.webtransport;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a server counts.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class Figures {

    final LongAdder connectionsOpen = new LongAdder();
    final LongAdder connectionsAccepted = new LongAdder();
    final LongAdder refusedConnections = new LongAdder();
    final LongAdder lateHandshakes = new LongAdder();
    final LongAdder sessionsOpen = new LongAdder();
    final LongAdder sessionsOpened = new LongAdder();
    final LongAdder refusedSessions = new LongAdder();
    final LongAdder refusedStreams = new LongAdder();

    WebTransportFigures now() {
        return new WebTransportFigures(
                connectionsOpen.sum(),
                connectionsAccepted.sum(),
                refusedConnections.sum(),
                lateHandshakes.sum(),
                sessionsOpen.sum(),
                sessionsOpened.sum(),
                refusedSessions.sum(),
                refusedStreams.sum());
    }
}

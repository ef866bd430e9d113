package io.parley.engineio.server;

import io.parley.websocket.EventLoop;

/**
 * The heartbeats of one event loop: each session waits either for its next ping or for the pong; one of
 * protocol 3, where the client pings, for the ping.
 *
 * <p><b>Threading.</b> Confined to the event loop.
 */
final class Heartbeats {

    private final DeadlineQueue<EngineSession> resting;
    private final DeadlineQueue<EngineSession> pinged;
    private final DeadlineQueue<EngineSession> silent;

    Heartbeats(EventLoop loop, EngineOptions options) {
        resting = new DeadlineQueue<>(loop, options.pingInterval(), EngineSession::onPingDue);
        pinged = new DeadlineQueue<>(loop, options.pingTimeout(), EngineSession::onPongOverdue);
        silent = new DeadlineQueue<>(
                loop, options.pingInterval().plus(options.pingTimeout()), EngineSession::onPingOverdue);
    }

    /** Has the session pinged in {@code pingInterval}, whatever it waited for. */
    void rest(EngineSession session) {
        session.stopWaiting();
        resting.add(session);
    }

    /** Gives the session {@code pingTimeout} from now to answer its ping. */
    void awaitPong(EngineSession session) {
        session.stopWaiting();
        pinged.add(session);
    }

    /** Gives the client {@code pingInterval} and {@code pingTimeout} from now to ping. */
    void awaitPing(EngineSession session) {
        session.stopWaiting();
        silent.add(session);
    }

    boolean awaitsPong(EngineSession session) {
        return pinged.holds(session);
    }
}

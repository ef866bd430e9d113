package io.parley.engineio.server;

import io.parley.websocket.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * One session's share of a {@link Crossing}. It counts what is on the way, which the connection does not know of yet, so
 * that the bounds hold for both together.
 *
 * <p><b>Threading.</b> Confined to the session's home, but for {@link #bytes} and {@link #isFull}.
 */
final class Ferry {

    private final EngineSession session;
    private final Crossing crossing;
    private volatile long boarded; // only grows, at home
    private volatile long landed; // only grows, over there
    private boolean reliefAsked; // what has boarded will tell when it is over there

    private Ferry(EngineSession session, Crossing crossing) {
        this.session = session;
        this.crossing = crossing;
    }

    /** The way to a connection of that loop; null when it is the session's own. */
    static @Nullable Ferry to(EventLoop away, EngineSession session) {
        Crossing crossing = session.home().crossingTo(away);
        return crossing == null ? null : new Ferry(session, crossing);
    }

    /** Bytes that are on the way. */
    long bytes() {
        long there = landed; // read first: it never gets ahead
        return boarded - there;
    }

    /** Whether so much is on the way that the client counts as slow. */
    boolean isFull() {
        return bytes() >= session.highWaterMark();
    }

    void run(Crossing.Passenger item) {
        crossing.run(item);
    }

    /** Has a message sent over there, which counts as on the way until then. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // each is written on one loop only
    void send(int bytes, Runnable send) {
        boarded += bytes;
        crossing.run(() -> {
            send.run();
            landed += bytes;
        });
        askForRelief();
    }

    private void askForRelief() {
        if (!reliefAsked && isFull()) {
            reliefAsked = true;
            crossing.run(() -> session.eventLoop().execute(this::onRelief));
        }
    }

    private void onRelief() {
        reliefAsked = false;
        askForRelief(); // for what has boarded since
        session.onBelowHighWaterMark();
    }
}

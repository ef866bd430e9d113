package io.parley.websocket.connection;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * An amount that waits to be sent. What was accepted and what has left are two sums that only grow, so the amount is
 * right at every moment for whoever reads it: nothing vanishes on its way from one thread to the loop.
 *
 * <p><b>Threading.</b> {@link #amount} and {@link #acceptElsewhere} are safe for any thread, the rest is confined to the
 * loop.
 */
final class Backlog {

    private static final AtomicLongFieldUpdater<Backlog> ELSEWHERE =
            AtomicLongFieldUpdater.newUpdater(Backlog.class, "acceptedElsewhere");
    private static final AtomicLongFieldUpdater<Backlog> ON_LOOP =
            AtomicLongFieldUpdater.newUpdater(Backlog.class, "acceptedOnLoop");
    private static final AtomicLongFieldUpdater<Backlog> RELEASED =
            AtomicLongFieldUpdater.newUpdater(Backlog.class, "released");

    private volatile long acceptedElsewhere;
    private volatile long acceptedOnLoop; // written on the loop only
    private volatile long released; // written on the loop only

    long amount() {
        long left = released; // first: what is accepted meanwhile may count, but never less than there is
        return acceptedElsewhere + acceptedOnLoop - left;
    }

    /** Adds from another thread than the loop. */
    void acceptElsewhere(long amount) {
        ELSEWHERE.addAndGet(this, amount);
    }

    /** Adds on the loop. */
    void acceptOnLoop(long amount) {
        ON_LOOP.lazySet(this, acceptedOnLoop + amount); // nobody else writes it, and a full barrier a frame is dear
    }

    /** Takes off what has left, or was dropped. */
    void release(long amount) {
        RELEASED.lazySet(this, released + amount);
    }
}

package io.parley.websocket.connection;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * What waits to be sent, as the bytes of messages and as the {@linkplain Outbox#cost cost} in memory. What was accepted
 * and what has left are sums that only grow, so the amounts are right at every moment for whoever reads them: nothing
 * vanishes on its way from one thread to the loop.
 *
 * <p><b>Threading.</b> The amounts and what is accepted elsewhere are safe for any thread, the rest is confined to the
 * loop.
 */
final class Backlog {

    private static final AtomicLongFieldUpdater<Backlog> COST_ELSEWHERE = sum("costAcceptedElsewhere");
    private static final AtomicLongFieldUpdater<Backlog> COST_ON_LOOP = sum("costAcceptedOnLoop");
    private static final AtomicLongFieldUpdater<Backlog> COST_RELEASED = sum("costReleased");
    private static final AtomicLongFieldUpdater<Backlog> BYTES_ELSEWHERE = sum("bytesAcceptedElsewhere");
    private static final AtomicLongFieldUpdater<Backlog> BYTES_ON_LOOP = sum("bytesAcceptedOnLoop");
    private static final AtomicLongFieldUpdater<Backlog> BYTES_RELEASED = sum("bytesReleased");

    private volatile long costAcceptedElsewhere;
    private volatile long costAcceptedOnLoop; // written on the loop only
    private volatile long costReleased; // written on the loop only
    private volatile long bytesAcceptedElsewhere;
    private volatile long bytesAcceptedOnLoop; // written on the loop only
    private volatile long bytesReleased; // written on the loop only

    private static AtomicLongFieldUpdater<Backlog> sum(String field) {
        return AtomicLongFieldUpdater.newUpdater(Backlog.class, field);
    }

    long cost() {
        long left = costReleased; // first: what is accepted meanwhile may count, but never less than there is
        return costAcceptedElsewhere + costAcceptedOnLoop - left;
    }

    long messageBytes() {
        long left = bytesReleased; // first, as above
        return bytesAcceptedElsewhere + bytesAcceptedOnLoop - left;
    }

    void acceptCost(long amount, boolean onLoop) {
        if (onLoop) {
            COST_ON_LOOP.lazySet(
                    this, costAcceptedOnLoop + amount); // nobody else writes it, and a full barrier is dear
        } else {
            COST_ELSEWHERE.addAndGet(this, amount);
        }
    }

    void acceptMessageBytes(long amount, boolean onLoop) {
        if (onLoop) {
            BYTES_ON_LOOP.lazySet(this, bytesAcceptedOnLoop + amount);
        } else {
            BYTES_ELSEWHERE.addAndGet(this, amount);
        }
    }

    /** Takes off what has left, or was dropped. */
    void release(long cost, long messageBytes) {
        COST_RELEASED.lazySet(this, costReleased + cost);
        BYTES_RELEASED.lazySet(this, bytesReleased + messageBytes);
    }
}

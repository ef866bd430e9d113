package io.parley.websocket.connection;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * What waits to be sent, as the bytes of messages and as the {@linkplain Outbox#cost cost} in memory. What other threads
 * accept is a sum that only grows, but for what they take back at once, and what the loop accepts and releases is
 * another: the amounts are right at every moment for whoever reads them, and nothing vanishes on its way from one thread
 * to the loop.
 *
 * <p><b>Threading.</b> The amounts and what is accepted elsewhere are safe for any thread, the rest is confined to the
 * loop.
 */
abstract class Backlog extends Traffic {

    private static final AtomicLongFieldUpdater<Backlog> COST_ELSEWHERE = sum("costElsewhere");
    private static final AtomicLongFieldUpdater<Backlog> COST_ON_LOOP = sum("costOnLoop");
    private static final AtomicLongFieldUpdater<Backlog> BYTES_ELSEWHERE = sum("bytesElsewhere");
    private static final AtomicLongFieldUpdater<Backlog> BYTES_ON_LOOP = sum("bytesOnLoop");

    private volatile long costElsewhere; // accepted there
    private volatile long costOnLoop; // accepted there less released; written on the loop only
    private volatile long bytesElsewhere;
    private volatile long bytesOnLoop;

    private static AtomicLongFieldUpdater<Backlog> sum(String field) {
        return AtomicLongFieldUpdater.newUpdater(Backlog.class, field);
    }

    /** Bytes of frames that are not with the network. */
    final long queuedBytes() {
        long onLoop = costOnLoop; // first: what is accepted meanwhile may count, but never less than there is
        return onLoop + costElsewhere;
    }

    /** Bytes of messages that are not with the network. */
    final long bufferedAmount() {
        long onLoop = bytesOnLoop; // first, as above
        return onLoop + bytesElsewhere;
    }

    final void acceptCost(long amount, boolean onLoop) {
        if (onLoop) {
            COST_ON_LOOP.lazySet(this, costOnLoop + amount); // nobody else writes it, and a full barrier is dear
        } else {
            COST_ELSEWHERE.addAndGet(this, amount);
        }
    }

    final void acceptMessageBytes(long amount, boolean onLoop) {
        if (onLoop) {
            BYTES_ON_LOOP.lazySet(this, bytesOnLoop + amount);
        } else {
            BYTES_ELSEWHERE.addAndGet(this, amount);
        }
    }

    /** Takes off what has left, or was dropped. */
    final void release(long cost, long messageBytes) {
        COST_ON_LOOP.lazySet(this, costOnLoop - cost);
        BYTES_ON_LOOP.lazySet(this, bytesOnLoop - messageBytes);
    }
}

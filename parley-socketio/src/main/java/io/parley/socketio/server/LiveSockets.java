package io.parley.socketio.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Counts the sockets whose disconnect handlers have not run yet.
 *
 * <p><b>Threading.</b> Guarded by itself.
 */
final class LiveSockets {

    private int count;

    synchronized void add() {
        count++;
    }

    synchronized void remove() {
        if (--count == 0) {
            notifyAll();
        }
    }

    synchronized void awaitNone(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        try {
            for (long left = timeout.toNanos(); count > 0 && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

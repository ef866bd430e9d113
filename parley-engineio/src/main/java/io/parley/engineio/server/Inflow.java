package io.parley.engineio.server;

import io.parley.websocket.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way of what a client sends from its connection to the session's home on another loop. When the home falls behind,
 * nothing more is read: what is on the way is bounded, as it is for a connection that lives there.
 *
 * <p><b>Threading.</b> {@link #carry} on the connection's loop; the rest may be called from any thread.
 */
final class Inflow {

    /** So much may be on the way. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final int TASK_BYTES = 256; // what being on the way costs beside the content

    private final EventLoop home;
    private final EventLoop away;
    private final Runnable pause;
    private final Runnable resume;
    private final AtomicLong carried = new AtomicLong(); // bytes on the way

    // Touched on the connection's loop only.
    private boolean full;
    private boolean paused; // by the session

    /**
     * A way.
     *
     * @param pause stops reading from the connection
     * @param resume goes on reading
     */
    Inflow(EventLoop home, EventLoop away, Runnable pause, Runnable resume) {
        this.home = home;
        this.away = away;
        this.pause = pause;
        this.resume = resume;
    }

    /** Has {@code action} run at home, after what was given before. */
    void carry(int bytes, Runnable action) {
        int size = bytes + TASK_BYTES;
        if (carried.addAndGet(size) > MAX_BYTES && !full) {
            full = true;
            readIfWanted();
        }
        home.execute(() -> {
            try {
                action.run();
            } finally {
                onArrived(size);
            }
        });
    }

    private void onArrived(int size) {
        long left = carried.addAndGet(-size);
        if (left <= MAX_BYTES / 2 && left + size > MAX_BYTES / 2) {
            try {
                away.execute(this::onRelief);
            } catch (RejectedExecutionException expected) { // that loop has ended, and its connections with it
                return;
            }
        }
    }

    private void onRelief() {
        if (full && carried.get() <= MAX_BYTES / 2) {
            full = false;
            readIfWanted();
        }
    }

    /** The session takes nothing more. */
    void pauseReading() {
        away.run(() -> {
            paused = true;
            readIfWanted();
        });
    }

    /** The session goes on. */
    void resumeReading() {
        away.run(() -> {
            paused = false;
            readIfWanted();
        });
    }

    private void readIfWanted() {
        (paused || full ? pause : resume).run();
    }
}

package io.parley.websocket.connection;

import io.parley.websocket.Mailbox;
import io.parley.websocket.WebSocketConnection;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * What happened on one connection, on its way to handlers. When they fall behind, nothing more is read: the backlog is
 * bounded, and it is the peer that waits.
 *
 * <p><b>Threading.</b> Filled on the connection's event loop; handlers run in a mailbox, one at a time and in order.
 */
public final class HandlerQueue {

    private static final int TASK_BYTES = 64; // what waiting costs beside the message: many empty ones cost too

    private static final AtomicLongFieldUpdater<HandlerQueue> UNHANDLED =
            AtomicLongFieldUpdater.newUpdater(HandlerQueue.class, "unhandledBytes");

    private final Mailbox mailbox;
    private final int maxUnhandledBytes;
    private volatile long unhandledBytes;
    private volatile boolean paused; // written on the loop only

    /**
     * A queue for one connection.
     *
     * @param threads what the handlers run on
     * @param maxUnhandledBytes how much may wait before reading pauses, until half of it is handled
     */
    public HandlerQueue(Executor threads, int maxUnhandledBytes) {
        this.maxUnhandledBytes = maxUnhandledBytes;
        mailbox = new Mailbox(threads);
    }

    /** Runs {@code handler} after everything given before; for what a peer cannot make many of. */
    public void execute(Runnable handler) {
        mailbox.execute(handler);
    }

    /** Runs {@code handler} after everything given before, and counts it as so many bytes until it is done. */
    public void deliver(WebSocketConnection connection, int bytes, Runnable handler) {
        int size = TASK_BYTES + bytes;
        if (UNHANDLED.addAndGet(this, size) > maxUnhandledBytes) {
            paused = true;
            connection.pauseReading(); // each time: somebody else may have resumed it
        }
        mailbox.execute(
                () -> {
                    try {
                        handler.run();
                    } finally {
                        handled(connection, size);
                    }
                },
                connection.eventLoop());
    }

    private void handled(WebSocketConnection connection, int size) {
        if (UNHANDLED.addAndGet(this, -size) <= maxUnhandledBytes / 2 && paused) {
            connection.eventLoop().execute(() -> resume(connection));
        }
    }

    private void resume(WebSocketConnection connection) {
        if (paused && unhandledBytes <= maxUnhandledBytes / 2) {
            paused = false;
            connection.resumeReading();
        }
    }
}

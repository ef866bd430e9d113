package io.parley.websocket;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time, in the order in which they were given, on the threads of another executor: the handlers of
 * one socket never meet each other, and a socket without work holds no thread.
 *
 * <p>What a task throws is logged and the next one runs. Whoever fills a mailbox bounds it, by {@link #size}.
 *
 * <p><b>Threading.</b> Safe for any thread. What a task did is visible to the tasks after it.
 */
public final class Mailbox implements Executor {

    /** Tasks run in a row before other mailboxes get the thread. */
    private static final int BATCH = 64;

    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    private final Executor executor;

    // Guarded by this.
    private @Nullable ArrayDeque<Runnable> waiting; // null while nothing waits: an idle socket owns no queue
    private boolean running;

    /** A mailbox whose tasks run on {@code executor}, at most one at a time. */
    public Mailbox(Executor executor) {
        this.executor = requireNonNull(executor, "executor");
    }

    /**
     * Runs {@code task} after everything given before.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the executor takes no more; the task does not run
     */
    @Override
    public void execute(Runnable task) {
        requireNonNull(task, "task");
        if (enqueue(task)) {
            start(null);
        }
    }

    /**
     * Runs a task that came of what a loop has read, likewise: the threads of {@link HandlerThreads} are woken once for
     * all that comes of it.
     *
     * @param reading the loop, on which the caller is
     */
    public void execute(Runnable task, EventLoop reading) {
        requireNonNull(task, "task");
        if (enqueue(task)) {
            start(reading);
        }
    }

    /** Tasks that have not begun to run. */
    public synchronized int size() {
        return waiting == null ? 0 : waiting.size();
    }

    /** Whether no task runs or waits to; what those before have done is visible then. */
    public synchronized boolean isIdle() {
        return !running;
    }

    /** Whether the caller has to start the run. */
    private synchronized boolean enqueue(Runnable task) {
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
        }
        waiting.add(task);
        boolean idle = !running;
        running = true;
        return idle;
    }

    private void start(@Nullable EventLoop reading) {
        try {
            if (reading != null && executor instanceof RelayedExecutor relayed) {
                relayed.execute(this::runBatch, reading);
            } else {
                executor.execute(this::runBatch);
            }
        } catch (RuntimeException | Error rejected) {
            abandon();
            throw rejected;
        }
    }

    private synchronized void abandon() {
        waiting = null;
        running = false;
    }

    private void runBatch() {
        for (int i = 0; i < BATCH; i++) {
            Runnable task = next();
            if (task == null) {
                return;
            }
            runSafely(task);
        }
        start(null);
    }

    /** The next task, or null when there is none: the run is over. */
    private synchronized @Nullable Runnable next() {
        Runnable task = waiting == null ? null : waiting.poll();
        if (task == null) {
            waiting = null;
            running = false;
        }
        return task;
    }

    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error thrown) {
            log.error("A handler failed", thrown);
        }
    }
}

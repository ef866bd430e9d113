package io.parley.websocket;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * One thread that runs what it is given, one task after the other, in the order in which it was given. A connection
 * has one event loop for life, its home.
 *
 * <p><b>Threading.</b> Safe for any thread. Tasks must not block: every connection of this loop would wait.
 */
public interface EventLoop extends Executor {

    /** Whether the caller runs on this loop. */
    boolean inEventLoop();

    /**
     * Runs {@code task} once, on this loop, when {@code delay} has passed.
     *
     * @param delay zero or more
     * @return what cancels it
     */
    Timeout schedule(Runnable task, Duration delay);

    /** The loop's clock in nanoseconds: like {@link System#nanoTime}, meaningful only as a difference. */
    long nanoTime();

    /**
     * Runs {@code task} when the loop is through with what it has read, and once however often it is given until then:
     * for what is done for many connections together. To be called on this loop. A loop that reads one thing at a time
     * runs it at once.
     */
    default void afterReading(Runnable task) {
        task.run();
    }

    /** Runs {@code task} at once when the caller is on this loop, otherwise like {@link #execute}. */
    default void run(Runnable task) {
        if (inEventLoop()) {
            task.run();
        } else {
            execute(task);
        }
    }

    /**
     * Runs {@code task} when the loop has seen to everybody else who waits by now: for the rest of what would take too
     * long in one go. Like {@link #execute} where that is the same.
     */
    default void nextTurn(Runnable task) {
        execute(task);
    }

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Timeout {

        /** Keeps the task from running, unless it has run already. */
        void cancel();
    }
}

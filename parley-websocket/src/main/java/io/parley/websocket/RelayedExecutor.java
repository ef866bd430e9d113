package io.parley.websocket;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs tasks on threads that are cheap to have but not cheap to start, as virtual threads are: a thread that is through
 * with a task goes on with the next one instead of ending. A burst of short tasks takes two threads then, not one each.
 * And a loop that gives tasks while it reads wakes them once for all: each time that it does not, the thread underneath
 * takes the one task there is, looks for more for some microseconds, and sleeps.
 *
 * <p>No task waits for another one. Before a thread runs a task while others wait, it sees to it that there is a relief:
 * a thread that was started and has not begun. The relief begins when there is a core for it, at the latest when the
 * task blocks, and takes the next task; if none is left, it ends.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class RelayedExecutor implements Executor {

    /** So many tasks run in a row before the relief takes over: other threads wait for the core as well. */
    static final int SHIFT = 64;

    private final Executor threads;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Relief> relief = new AtomicReference<>(Relief.NONE);
    private final Runnable runWaiting = this::runWaiting;
    private final Runnable keepPromise = this::keepPromise;

    /** Whether there is a thread that takes what waits, beside those that run something. */
    private enum Relief {
        NONE,
        /** A loop starts one when it is through with what it has read, unless somebody else does before. */
        PROMISED,
        /** It has not begun. */
        STARTED
    }

    /** Runs tasks on {@code threads}, which starts a thread for each that it is given. */
    RelayedExecutor(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
        try {
            callRelief();
        } catch (RuntimeException | Error refused) {
            if (waiting.remove(task)) { // otherwise another thread has taken it
                throw refused;
            }
        }
    }

    /** Runs a task that came of what a loop has read, together with others that come of it; on that loop. */
    void execute(Runnable task, EventLoop reading) {
        waiting.add(task);
        if (relief.get() != Relief.STARTED) {
            relief.compareAndSet(Relief.NONE, Relief.PROMISED);
            reading.afterReading(keepPromise);
        }
    }

    private void keepPromise() {
        if (relief.compareAndSet(Relief.PROMISED, Relief.STARTED)) {
            startRelief();
        }
    }

    /** Whatever waits when the relief begins, it takes; so one is enough. */
    private void callRelief() {
        if (relief.get() != Relief.STARTED && relief.getAndSet(Relief.STARTED) != Relief.STARTED) {
            startRelief();
        }
    }

    private void startRelief() {
        try {
            threads.execute(runWaiting);
        } catch (RuntimeException | Error refused) {
            relief.set(Relief.NONE);
            throw refused;
        }
    }

    /** The life of one thread. When a task throws, it ends as if it had been the task's alone: the relief goes on. */
    private void runWaiting() {
        relief.set(Relief.NONE);
        int taken = 0;
        for (Runnable task = waiting.poll(); task != null; task = isOver(++taken) ? null : waiting.poll()) {
            if (!waiting.isEmpty()) {
                callRelief();
            }
            task.run();
            Thread.interrupted(); // was meant for that task
        }
    }

    /** Whether it has run enough, and somebody else goes on. */
    private boolean isOver(int taken) {
        return taken >= SHIFT && relief.get() == Relief.STARTED;
    }
}

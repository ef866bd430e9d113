package io.parley.websocket.testing;

import io.parley.websocket.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * An event loop that runs when the test says so, on the test's thread, with a clock that only the test turns.
 *
 * <p><b>Threading.</b> {@link #execute} and {@link #schedule} are safe for any thread; the rest is the test's.
 */
public final class ManualEventLoop implements EventLoop {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::number));
    private long now;
    private long timersMade;
    private volatile Thread runner = NOBODY;

    private static final Thread NOBODY = new Thread("nobody");

    /** Runs everything that was given, and what that gives in turn. */
    public void runTasks() {
        Thread before = runner;
        runner = Thread.currentThread();
        try {
            for (Runnable task = poll(); task != null; task = poll()) {
                task.run();
            }
        } finally {
            runner = before;
        }
    }

    /** Runs {@code action} as if the loop had called it, then everything that was given. */
    public void call(Runnable action) {
        execute(action);
        runTasks();
    }

    /** Turns the clock, running each timer at its time and everything given in between. */
    public void advance(Duration by) {
        runTasks();
        long end = now + by.toNanos();
        for (Timer timer = dueBy(end); timer != null; timer = dueBy(end)) {
            now = timer.due();
            call(timer.task());
        }
        now = end;
    }

    /** Timers that wait for their time: zero when nothing was left behind. */
    public synchronized int pendingTimers() {
        return timers.size();
    }

    @Override
    public boolean inEventLoop() {
        return Thread.currentThread() == runner;
    }

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public synchronized Timeout schedule(Runnable task, Duration delay) {
        Timer timer = new Timer(now + Math.max(0, delay.toNanos()), timersMade++, task);
        timers.add(timer);
        return () -> cancel(timer);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    private synchronized void cancel(Timer timer) {
        timers.remove(timer);
    }

    private synchronized Runnable poll() {
        return tasks.poll();
    }

    private synchronized Timer dueBy(long end) {
        Timer first = timers.peek();
        return first != null && first.due() <= end ? timers.poll() : null;
    }

    private record Timer(long due, long number, Runnable task) {}
}

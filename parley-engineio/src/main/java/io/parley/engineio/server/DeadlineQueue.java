package io.parley.engineio.server;

import io.parley.websocket.EventLoop;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one and the same time span, in the order in which the waiting began, which is the order of the
 * deadlines: adding and removing cost a few pointer writes, and one timer of the loop serves all. When deadlines stand
 * close together they are served in groups, each at most a 256th of the time span late, and never more than 100 ms.
 *
 * <p><b>Threading.</b> Confined to its event loop.
 */
final class DeadlineQueue<E extends DeadlineQueue.Entry> {

    private static final long LONGEST_GROUP_NANOS = Duration.ofMillis(100).toNanos();

    private final EventLoop loop;
    private final long spanNanos;
    private final long groupNanos;
    private final Consumer<E> overdue;
    private final Entry ends = new Entry(); // next: the first to end, previous: the last
    private int size;
    private EventLoop.@Nullable Timeout timer; // null while nothing waits

    /** A queue that hands over and forgets what has waited for {@code span}. */
    DeadlineQueue(EventLoop loop, Duration span, Consumer<E> overdue) {
        this.loop = loop;
        this.overdue = overdue;
        spanNanos = span.toNanos();
        groupNanos = Math.min(spanNanos / 256, LONGEST_GROUP_NANOS);
        ends.linkBetween(ends, ends);
    }

    /** Lets {@code entry} wait, from now. It must not wait already, here or elsewhere. */
    void add(E entry) {
        assert loop.inEventLoop();
        Entry last = entry;
        last.deadline = loop.nanoTime() + spanNanos;
        last.queue = this;
        last.linkBetween(ends.previous, ends);
        size++;
        if (timer == null) {
            timer = loop.schedule(this::onTimer, Duration.ofNanos(spanNanos));
        }
    }

    /** Whether {@code entry} waits here. */
    boolean holds(Entry entry) {
        return entry.queue == this;
    }

    private void remove(Entry entry) {
        entry.unlink();
        size--;
        if (timer != null && size == 0) {
            timer.cancel();
            timer = null;
        }
    }

    private void onTimer() {
        long now = loop.nanoTime();
        try {
            while (size > 0 && ends.next.deadline - now <= 0) {
                overdue.accept(takeFirst());
            }
        } finally {
            timer = size == 0 ? null : scheduleNext(now);
        }
    }

    @SuppressWarnings("unchecked") // only add() links, and it links E
    private E takeFirst() {
        Entry first = ends.next;
        first.unlink();
        size--;
        return (E) first;
    }

    private EventLoop.Timeout scheduleNext(long now) {
        long delay = Math.max(ends.next.deadline - now, groupNanos);
        return loop.schedule(this::onTimer, Duration.ofNanos(delay));
    }

    /** What can wait: in one queue at a time, its links are its own, so waiting allocates nothing. */
    static class Entry {

        private Entry previous = this;
        private Entry next = this;
        private long deadline;
        private @Nullable DeadlineQueue<?> queue; // null while it does not wait

        /** Ends the waiting, wherever it is. */
        final void stopWaiting() {
            if (queue != null) {
                queue.remove(this);
            }
        }

        private void linkBetween(Entry before, Entry after) {
            previous = before;
            next = after;
            before.next = this;
            after.previous = this;
        }

        private void unlink() {
            previous.next = next;
            next.previous = previous;
            previous = this;
            next = this;
            queue = null;
        }
    }
}

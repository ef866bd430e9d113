package io.parley.load;

import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends at a fixed rate, whatever comes back: clients in turn, each message counted from the time at which it should have
 * been sent. A load generator that is late is late in the figures too.
 *
 * <p><b>Threading.</b> Confined to the loop.
 */
final class Pace {

    private static final long SHORTEST_PAUSE_NANOS = 100_000; // messages that are due in less time go together

    private final Run run;
    private final List<Client> senders;
    private final int copies;
    private final double nanosPerMessage;
    private long startNanos;
    private long sent;
    private @Nullable Future<?> next; // null before it begins

    Pace(Run run, List<Client> senders, int copies, double perSecond) {
        this.run = run;
        this.senders = senders;
        this.copies = copies;
        nanosPerMessage = 1e9 / perSecond;
    }

    void begin() {
        startNanos = run.nowNanos();
        schedule(0);
    }

    private void schedule(long nanos) {
        next = run.loop().schedule(this::tick, nanos, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        if (run.hasFailed()) {
            return;
        }
        long now = System.nanoTime();
        long before = sent;
        try {
            for (long due = due(); due - now <= 0; due = due()) {
                sender(sent).send(copies, due);
                sent++;
            }
        } catch (LoadException full) {
            run.fail(full);
            return;
        }
        for (long i = before; i < Math.min(sent, before + senders.size()); i++) {
            sender(i).flush();
        }
        schedule(Math.max(SHORTEST_PAUSE_NANOS, due() - System.nanoTime()));
    }

    private long due() {
        return startNanos + (long) (sent * nanosPerMessage);
    }

    private Client sender(long message) {
        return senders.get((int) (message % senders.size()));
    }

    void stop() {
        if (next != null) {
            next.cancel(false);
        }
    }
}

package io.parley.bench.hostile;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * A client that behaves: every ten milliseconds it asks something, whether the answers before have come or not. What it
 * waits for counts from the moment when it should have asked, so that a stall of anybody is not hidden; how late it asked
 * is told apart, for that is its own.
 *
 * <p><b>Threading.</b> Confined to one thread, with another one that reads.
 */
final class Witness implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;

    private final Peer peer;
    private final Thread reader;
    private final Histogram answers = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);
    private final Histogram lateness = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);
    private volatile long start; // of the measurement
    private volatile int firstId; // of the measurement
    private volatile int answered; // the last id that was
    private int nextId;

    private Witness(Peer peer) {
        this.peer = peer;
        reader = new Thread(this::read, "witness");
        reader.setDaemon(true);
        reader.start();
    }

    static Witness of(int port) throws IOException {
        return new Witness(Peer.connect(port).join());
    }

    private void read() {
        try {
            while (true) {
                String message = peer.readMessage();
                if (message.equals("2")) {
                    peer.write(Peer.frame("3"));
                } else if (message.startsWith("43")) {
                    onAnswer(Integer.parseInt(message, 2, message.indexOf('['), 10));
                }
            }
        } catch (IOException closed) {
            // the end; whoever waits for answers sees that none come
        }
    }

    private void onAnswer(int id) {
        if (id >= firstId) {
            answers.recordValue(Math.max(0, System.nanoTime() - due(id)));
        }
        answered = id;
    }

    private long due(int id) {
        return start + (id - firstId) * INTERVAL.toNanos();
    }

    /** Asks for so long, and gives what came of it; fails if an answer is missing ten seconds later. */
    Outcome ask(Duration duration) throws IOException {
        answers.reset();
        lateness.reset();
        firstId = nextId;
        start = System.nanoTime() + INTERVAL.toNanos();
        int last = nextId + (int) (duration.toNanos() / INTERVAL.toNanos()) - 1;
        for (; nextId <= last; nextId++) {
            waitUntil(due(nextId));
            lateness.recordValue(Math.max(0, System.nanoTime() - due(nextId)));
            peer.write(Peer.frame("42" + nextId + "[\"ask\"]"));
        }
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (answered < last) {
            if (System.nanoTime() > limit) {
                throw new IOException(
                        "The witness was not answered within 10 s (expected: " + last + ", got: " + answered + ")");
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
        return new Outcome(answers.copy(), lateness.copy());
    }

    private static void waitUntil(long time) {
        for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /**
     * What it saw, in nanoseconds.
     *
     * @param answers from when a question was due to its answer
     * @param lateness from when it was due to when it was asked
     */
    record Outcome(Histogram answers, Histogram lateness) {}

    @Override
    public void close() {
        peer.close();
    }
}

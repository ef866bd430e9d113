package io.parley.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What is counted since the last mark.
 *
 * <p><b>Threading.</b> Confined to the loop.
 */
final class Tally {

    private static final long LONGEST_NANOS = Duration.ofHours(1).toNanos();
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Histogram latencies = new Histogram(LONGEST_NANOS, SIGNIFICANT_DIGITS);
    private long startNanos;
    private Duration startCpu = Duration.ZERO;
    private long operations;
    private long sent;
    private long bytesReceived;
    private long bytesSent;
    private long others;

    Tally() {
        mark();
    }

    void mark() {
        latencies.reset();
        operations = 0;
        sent = 0;
        bytesReceived = 0;
        bytesSent = 0;
        others = 0;
        startCpu = ownCpu();
        startNanos = System.nanoTime();
    }

    void sent() {
        sent++;
    }

    /** One operation that took so long. */
    void done(long nanos) {
        operations++;
        latencies.recordValue(Math.max(0, Math.min(nanos, LONGEST_NANOS)));
    }

    /** One operation of which nobody knows how long it took. */
    void done() {
        operations++;
    }

    void read(int bytes) {
        bytesReceived += bytes;
    }

    void wrote(int bytes) {
        bytesSent += bytes;
    }

    void other() {
        others++;
    }

    Figures figures() {
        return new Figures(
                operations,
                sent,
                Duration.ofNanos(System.nanoTime() - startNanos),
                ownCpu().minus(startCpu),
                Latency.of(latencies),
                bytesReceived,
                bytesSent,
                others);
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}

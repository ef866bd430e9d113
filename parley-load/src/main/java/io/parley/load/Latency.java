package io.parley.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * How long answers took, from an HdrHistogram with three significant digits. All are zero where none was counted.
 *
 * @param count how many were counted
 * @param mean the mean of them
 * @param p50 half of them took that long at most
 * @param p90 nine of ten took that long at most
 * @param p99 99 of 100 took that long at most
 * @param p999 999 of 1,000 took that long at most
 * @param max the longest
 */
public record Latency(
        long count, Duration mean, Duration p50, Duration p90, Duration p99, Duration p999, Duration max) {

    static Latency of(Histogram nanos) {
        return new Latency(
                nanos.getTotalCount(),
                Duration.ofNanos((long) nanos.getMean()),
                percentile(nanos, 50),
                percentile(nanos, 90),
                percentile(nanos, 99),
                percentile(nanos, 99.9),
                Duration.ofNanos(nanos.getMaxValue()));
    }

    private static Duration percentile(Histogram nanos, double percentile) {
        return Duration.ofNanos(nanos.getValueAtPercentile(percentile));
    }
}

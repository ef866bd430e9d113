package io.parley.load;

import java.time.Duration;

/**
 * What came of a load since it was marked.
 *
 * @param operations answers of an exchange, deliveries of a broadcast, connections that were made
 * @param sent messages that were sent
 * @param elapsed the time by the clock
 * @param ownCpu CPU time of this process, which is never that of the server
 * @param latency from the send, or from the time at which an open loop should have sent, to the arrival
 * @param bytesReceived bytes that came, with all frames and heads
 * @param bytesSent bytes that went
 * @param others messages that came beside those expected: those before a flow began, and those that were to be ignored
 */
public record Figures(
        long operations,
        long sent,
        Duration elapsed,
        Duration ownCpu,
        Latency latency,
        long bytesReceived,
        long bytesSent,
        long others) {

    private static final double NANOS = 1e9;

    /** Operations a second. */
    public double rate() {
        return operations * NANOS / Math.max(1, elapsed.toNanos());
    }

    /** How many cores this process kept busy: near 1, it is the load generator that is measured. */
    public double ownCores() {
        return (double) ownCpu.toNanos() / Math.max(1, elapsed.toNanos());
    }
}

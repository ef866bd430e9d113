package io.parley.bench.report;

import java.util.Locale;

/** What can be measured. An operation is what the scenario says: a message that reached a client, a connection made. */
public enum Metric {
    /** The server's CPU time, the kernel's on its behalf included, for one operation. */
    CPU_MICROS("CPU of the server for each operation, µs", true, true),
    /** Of that time, what the kernel took. */
    KERNEL_MICROS("Of it in the kernel, µs", true, true),
    /** Operations in a second. */
    RATE("Operations per second", false, true),
    /** From when an operation was due to be sent to its end, which half of them did not exceed. */
    P50_MICROS("Latency p50, µs", true, true),
    /** The same, for 99 in 100. */
    P99_MICROS("Latency p99, µs", true, true),
    /** The same, for 999 in 1,000. */
    P999_MICROS("Latency p99.9, µs", true, true),
    /** Live heap for one idle connection. */
    HEAP_BYTES("Live heap per connection, bytes", true, true),
    /** Physical memory for one idle connection. */
    RESIDENT_BYTES("Resident per connection, bytes", true, true),
    /** The server's CPU time while its connections do nothing but answer heartbeats. */
    IDLE_CPU_PERCENT("CPU of the server while all are idle, % of a core", true, true),
    /** From the start of the process to the first connection. */
    START_MILLIS("From start to first connection, ms", true, true),
    /** The server's CPU time from its start to the first connection. */
    START_CPU_MILLIS("CPU from start to first connection, ms", true, true),
    /** How much of its core the load used: near 1 it is the load's limit that shows in the rate, not the server's. */
    LOAD_BUSY("Core of the load in use, 1 is all of it", true, false);

    private final String title;
    private final boolean lessIsBetter;
    private final boolean compared;

    Metric(String title, boolean lessIsBetter, boolean compared) {
        this.title = title;
        this.lessIsBetter = lessIsBetter;
        this.compared = compared;
    }

    /** What a report calls it. */
    public String title() {
        return title;
    }

    /** Its name in a line. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Whether the peers are compared by it. */
    boolean isCompared() {
        return compared;
    }

    /** How many times worse {@code other} is than {@code ours}: above 1 we are ahead. */
    double ratio(double ours, double other) {
        return lessIsBetter ? other / ours : ours / other;
    }
}

package io.parley.bench.report;

/** What can be measured. */
public enum Metric {
    /** The server's CPU time, the kernel's on its behalf included, for one message that reached a client. */
    CPU_MICROS("CPU per message, µs", true, true),
    /** Messages that reached clients in a second. */
    RATE("messages per second", false, true),
    /** How much of its core the load used: near 1 it is the load's limit that shows in the rate, not the server's. */
    LOAD_BUSY("load's core in use", true, false),
    /** Live heap for one idle connection. */
    HEAP_BYTES("live heap per connection, bytes", true, true),
    /** Physical memory for one idle connection. */
    RESIDENT_BYTES("resident per connection, bytes", true, true);

    private final String title;
    private final boolean lessIsBetter;
    private final boolean compared;

    Metric(String title, boolean lessIsBetter, boolean compared) {
        this.title = title;
        this.lessIsBetter = lessIsBetter;
        this.compared = compared;
    }

    String title() {
        return title;
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

package io.parley.bench.soak;

/** What a server holds, and how much more of it may be there later before it is called growth. */
enum Held {
    /** Live heap, after collections. */
    HEAP("live heap, bytes", 1 << 20),
    /** Memory of buffers outside of the heap. */
    DIRECT("direct memory, bytes", 1 << 20),
    /** Physical memory. */
    RESIDENT("resident, bytes", 16 << 20),
    /** Threads. */
    THREADS("threads", 2),
    /** Open files, sockets among them. */
    FILES("open files", 8);

    private static final double TOLERATED = 0.05; // of what was there

    private final String title;
    private final double slack;

    Held(String title, double slack) {
        this.title = title;
        this.slack = slack;
    }

    String title() {
        return title;
    }

    /** Whether {@code later} is no more than what {@code before} varies by itself. */
    boolean isFlat(double before, double later) {
        return later - before <= Math.max(slack, before * TOLERATED);
    }
}

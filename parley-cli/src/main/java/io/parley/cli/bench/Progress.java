package io.parley.cli.bench;

import io.parley.load.Figures;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Tells once a second how it goes.
 *
 * <p><b>Threading.</b> Confined to the thread that runs the bench, but for {@link #isMeasuring}.
 */
public final class Progress {

    private final PrintWriter err;
    private final boolean quiet;
    private String phase = "";
    private int wanted; // connections; 0 if it is not those that are counted
    private long before; // operations, one second ago
    private int seconds;
    private volatile boolean measuring;

    /** Tells it on {@code err}, or nobody. */
    public Progress(PrintWriter err, boolean quiet) {
        this.err = err;
        this.quiet = quiet;
    }

    /** Something else begins: connecting so many, or what operations are counted of. */
    void begin(String next, int connections) {
        measuring = phase.equals("warming up");
        phase = next;
        wanted = connections;
        before = 0;
        seconds = 0;
    }

    /** Whether what comes now is measured. */
    boolean isMeasuring() {
        return measuring;
    }

    void tell(int connections, Figures figures) {
        seconds++;
        long since = figures.operations() - before;
        before = figures.operations();
        if (quiet) {
            return;
        }
        if (wanted > 0) {
            err.printf(Locale.ROOT, "%3d s  connecting: %,d of %,d%n", seconds, connections, wanted);
        } else {
            err.printf(
                    Locale.ROOT,
                    "%3d s  %s: %,d/s, p50 %s, p99 %s, own CPU %.2f cores%n",
                    seconds,
                    phase,
                    since,
                    Words.time(figures.latency().p50()),
                    Words.time(figures.latency().p99()),
                    figures.ownCores());
        }
        err.flush();
    }
}

package io.parley.cli.bench;

import java.time.Duration;
import java.util.Locale;

/** Quantities, as people read them. */
final class Words {

    private static final int KIB = 1024;

    private Words() {}

    /** With three digits or so: {@code 87 µs}, {@code 1.25 ms}, {@code 3.1 s}. */
    static String time(Duration time) {
        double micros = time.toNanos() / 1e3;
        if (micros < 1e3) {
            return String.format(Locale.ROOT, "%.0f µs", micros);
        }
        return micros < 1e6
                ? String.format(Locale.ROOT, "%.2f ms", micros / 1e3)
                : String.format(Locale.ROOT, "%.2f s", micros / 1e6);
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toNanos() / 1e9);
    }

    static String bytes(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        return bytes < KIB * KIB
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / (double) KIB)
                : String.format(Locale.ROOT, "%,.1f MiB", bytes / (double) KIB / KIB);
    }
}

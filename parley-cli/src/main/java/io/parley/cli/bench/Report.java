package io.parley.cli.bench;

import io.parley.cli.json.JsonLine;
import io.parley.load.Figures;
import io.parley.load.Latency;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of a bench.
 *
 * @param plan what was to be done
 * @param connected how connecting went; empty if not all were, or none was to be before
 * @param measured what was measured; empty if it never came to that
 * @param error what the server did wrong; empty if nothing
 */
public record Report(Plan plan, Optional<Figures> connected, Optional<Figures> measured, String error) {

    private static final double BUSY_CORES = 0.9;

    /** Whether nothing was wrong. */
    public boolean isFine() {
        return error.isEmpty();
    }

    /** Whether it failed before all were connected. */
    public boolean isUnconnected() {
        return !isFine() && measured.isEmpty() && connected.isEmpty();
    }

    /** Writes it for people. */
    public void print(PrintWriter out) {
        row(
                out,
                "Target",
                plan.target() + ", "
                        + plan.target().wire().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        row(out, "Scenario", scenario());
        connected.ifPresent(figures -> {
            row(
                    out,
                    "Connected",
                    String.format(Locale.ROOT, "%,d in %s", figures.operations(), Words.seconds(figures.elapsed())));
            row(out, "  each in", percentiles(figures.latency()));
        });
        measured.ifPresent(figures -> printMeasured(out, figures));
        out.flush();
    }

    private void printMeasured(PrintWriter out, Figures figures) {
        if (plan.scenario() != Scenario.IDLE) {
            row(
                    out,
                    "Operations",
                    String.format(
                            Locale.ROOT,
                            "%,d %s in %s: %,.0f/s",
                            figures.operations(),
                            plan.scenario().operations(),
                            Words.seconds(figures.elapsed()),
                            figures.rate()));
        }
        if (figures.latency().count() > 0) {
            row(out, "Latency", percentiles(figures.latency()));
        }
        row(
                out,
                "Network",
                Words.bytes(figures.bytesReceived()) + " received, " + Words.bytes(figures.bytesSent()) + " sent");
        if (figures.others() > 0) {
            row(out, "Others", String.format(Locale.ROOT, "%,d messages beside those measured", figures.others()));
        }
        row(out, "Own CPU", String.format(Locale.ROOT, "%.2f cores", figures.ownCores()));
        if (figures.ownCores() >= BUSY_CORES) {
            row(
                    out,
                    "Warning",
                    "the load generator itself was busy (expected: below " + BUSY_CORES
                            + " cores): the server may do more than this");
        }
    }

    private String scenario() {
        StringBuilder text = new StringBuilder().append(plan.scenario());
        if (plan.connectsFirst()) {
            text.append(String.format(Locale.ROOT, ", %,d connections", plan.connections()));
        }
        switch (plan.scenario()) {
            case CONNECT -> text.append(", ").append(plan.window()).append(" at a time");
            case IDLE -> {}
            case ECHO, ACK, BROADCAST -> text.append(sending());
        }
        return text.toString();
    }

    private String sending() {
        String senders = plan.scenario() == Scenario.BROADCAST ? ", " + plan.senders() + " of them send" : "";
        String pace = plan.rate() > 0
                ? String.format(Locale.ROOT, ", %,.0f messages/s", plan.rate())
                : ", window " + plan.window();
        return senders + ", " + Words.bytes(plan.messages().payloadBytes()) + pace;
    }

    private static String percentiles(Latency latency) {
        return "p50 " + Words.time(latency.p50()) + ", p90 " + Words.time(latency.p90()) + ", p99 "
                + Words.time(latency.p99()) + ", p99.9 " + Words.time(latency.p999()) + ", max "
                + Words.time(latency.max());
    }

    private static void row(PrintWriter out, String name, String value) {
        out.printf("%-11s %s%n", name, value);
    }

    /** The same for programs: one JSON object, and a line feed. */
    public byte[] json() {
        JsonLine json = new JsonLine()
                .with("url", plan.target().toString())
                .with("wire", plan.target().wire().name().toLowerCase(Locale.ROOT))
                .with("scenario", plan.scenario().toString())
                .with("connections", plan.connections())
                .with("senders", plan.senders())
                .with("window", plan.window())
                .with("payloadBytes", plan.messages().payloadBytes())
                .with("ratePerSecond", plan.rate())
                .with("warmUpSeconds", seconds(plan.warmUp()))
                .with("ok", isFine());
        if (!isFine()) {
            json.with("error", error);
        }
        connected.ifPresent(figures -> json.with("connected", json(figures)));
        measured.ifPresent(figures -> json.with("measured", json(figures)));
        return json.bytes();
    }

    private static JsonLine json(Figures figures) {
        Latency latency = figures.latency();
        return new JsonLine()
                .with("operations", figures.operations())
                .with("operationsPerSecond", figures.rate())
                .with("messagesSent", figures.sent())
                .with("seconds", seconds(figures.elapsed()))
                .with("ownCpuSeconds", seconds(figures.ownCpu()))
                .with("bytesReceived", figures.bytesReceived())
                .with("bytesSent", figures.bytesSent())
                .with("otherMessages", figures.others())
                .with(
                        "latencyMicros",
                        new JsonLine()
                                .with("count", latency.count())
                                .with("mean", micros(latency.mean()))
                                .with("p50", micros(latency.p50()))
                                .with("p90", micros(latency.p90()))
                                .with("p99", micros(latency.p99()))
                                .with("p99.9", micros(latency.p999()))
                                .with("max", micros(latency.max())));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static double micros(Duration time) {
        return time.toNanos() / 1e3;
    }
}

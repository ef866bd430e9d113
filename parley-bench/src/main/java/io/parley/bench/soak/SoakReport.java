package io.parley.bench.soak;

import static java.util.Objects.requireNonNull;

import io.parley.bench.plot.Axis;
import io.parley.bench.plot.Curve;
import io.parley.bench.plot.Curve.Point;
import io.parley.bench.plot.Plot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server held over time. The last third is compared with the second: the first is for what is made once.
 *
 * @param what was done meanwhile
 * @param samples in the order of their time
 */
public record SoakReport(String what, List<Sample> samples) {

    /** One for each third. */
    static final int LEAST_SAMPLES = 3;

    private static final double SECONDS_OF_A_MINUTE = 60;
    private static final double PERCENT = 100;

    /** Takes a copy of the samples. */
    public SoakReport {
        samples = List.copyOf(samples);
        if (samples.size() < LEAST_SAMPLES) {
            throw new IllegalArgumentException(samples.size() + " samples (expected: " + LEAST_SAMPLES + " or more)");
        }
    }

    /** Whether nothing grew. */
    public boolean isFlat() {
        return Arrays.stream(Held.values()).allMatch(this::isFlat);
    }

    private boolean isFlat(Held held) {
        return held.isFlat(second(held), last(held));
    }

    private double second(Held held) {
        return median(held, samples.size() / 3, samples.size() - samples.size() / 3);
    }

    private double last(Held held) {
        return median(held, samples.size() - samples.size() / 3, samples.size());
    }

    private double median(Held held, int from, int to) {
        double[] sorted = samples.subList(from, to).stream()
                .mapToDouble(sample -> of(sample, held))
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private static double of(Sample sample, Held held) {
        return requireNonNull(sample.held().get(held), held.title());
    }

    /** The verdict on each, and on all. */
    public String markdown() {
        StringBuilder out =
                new StringBuilder(what).append("\n\n| | second third | last third | |\n|---|---|---|---|\n");
        for (Held held : Held.values()) {
            out.append(String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %,.0f | %s |%n",
                    held.title(),
                    second(held),
                    last(held),
                    isFlat(held) ? "flat" : "grows"));
        }
        return out.append("\n**")
                .append(isFlat() ? "Flat." : "Not flat.")
                .append("**\n")
                .toString();
    }

    /** Each, in percent of the middle of its second third. */
    public Plot plot() {
        return new Plot(
                "What a server holds under churn",
                Axis.linear("minutes"),
                Axis.linear("% of the second third"),
                Arrays.stream(Held.values())
                        .map(held -> new Curve(
                                held.title().replaceFirst(",.*", ""),
                                samples.stream()
                                        .map(sample -> new Point(
                                                sample.seconds() / SECONDS_OF_A_MINUTE,
                                                PERCENT * of(sample, held) / Math.max(1, second(held))))
                                        .toList()))
                        .toList());
    }

    /** Writes {@code soak.md}, {@code soak.svg}, and {@code soak.json} with every sample. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(folder.resolve("soak.json").toFile(), Map.of("what", what, "samples", samples));
        plot().write(folder.resolve("soak.svg"));
        Files.writeString(folder.resolve("soak.md"), markdown() + "\n![What it holds](soak.svg)\n");
    }
}

package io.parley.bench.report;

import io.parley.bench.peer.PeerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that was measured.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
public final class Report {

    private final List<Measurement> measurements = new ArrayList<>();

    /** Adds the outcome of a run. */
    public void add(Measurement measurement) {
        measurements.add(measurement);
    }

    /** Whether nothing failed. */
    public boolean isComplete() {
        return measurements.stream().allMatch(one -> one.error().isEmpty());
    }

    /** Writes {@code servers.json} with every run, and {@code servers.md} with the tables. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        json.writeValue(
                folder.resolve("servers.json").toFile(),
                Map.of("environment", Environment.describe(), "measurements", measurements));
        Files.writeString(folder.resolve("servers.md"), markdown());
    }

    /** The tables, one a scenario. */
    public String markdown() {
        StringBuilder out = new StringBuilder(Environment.describe()).append("\n");
        measurements.stream().map(Measurement::scenario).distinct().forEach(scenario -> table(scenario, out));
        return out.toString();
    }

    private void table(String scenario, StringBuilder out) {
        List<Metric> metrics = Arrays.stream(Metric.values())
                .filter(metric -> measurements.stream()
                        .anyMatch(one ->
                                one.scenario().equals(scenario) && one.figures().containsKey(metric)))
                .toList();
        out.append("\n### ").append(scenario).append("\n\n| server |");
        metrics.forEach(metric -> out.append(' ').append(metric.title()).append(metric.isCompared() ? " | × |" : " |"));
        out.append("\n|---|");
        metrics.forEach(metric -> out.append(metric.isCompared() ? "---|---|" : "---|"));
        out.append('\n');
        for (PeerKind peer : PeerKind.values()) {
            row(scenario, peer, metrics, out);
        }
    }

    private void row(String scenario, PeerKind peer, List<Metric> metrics, StringBuilder out) {
        List<Measurement> runs = measurements.stream()
                .filter(one -> one.scenario().equals(scenario) && one.peer() == peer)
                .toList();
        if (runs.isEmpty()) {
            return;
        }
        out.append("| ").append(peer.title()).append(" |");
        metrics.forEach(metric -> cells(scenario, peer, metric, out));
        runs.stream()
                .map(Measurement::error)
                .filter(error -> !error.isEmpty())
                .findFirst()
                .ifPresent(error -> out.append(" failed: ")
                        .append(error.lines().findFirst().orElse(""))
                        .append(" |"));
        out.append('\n');
    }

    private void cells(String scenario, PeerKind peer, Metric metric, StringBuilder out) {
        Optional<Spread> spread = spread(scenario, peer, metric);
        out.append(' ').append(spread.map(Spread::toString).orElse("–")).append(" |");
        if (metric.isCompared()) {
            Optional<Spread> ours = spread(scenario, PeerKind.PARLEY, metric);
            out.append(' ')
                    .append(ours.flatMap(base -> spread.map(other -> metric.ratio(base.median(), other.median())))
                            .map(Spread::number)
                            .orElse("–"))
                    .append(" |");
        }
    }

    private Optional<Spread> spread(String scenario, PeerKind peer, Metric metric) {
        List<Double> figures = measurements.stream()
                .filter(one -> one.scenario().equals(scenario) && one.peer() == peer)
                .flatMap(one -> Optional.ofNullable(one.figures().get(metric)).stream())
                .toList();
        return figures.isEmpty() ? Optional.empty() : Optional.of(Spread.of(figures));
    }
}

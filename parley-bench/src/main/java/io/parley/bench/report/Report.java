package io.parley.bench.report;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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

    /** What was added, in that order. */
    public List<Measurement> measurements() {
        return List.copyOf(measurements);
    }

    /** Whether nothing failed. */
    public boolean isComplete() {
        return measurements.stream().noneMatch(Measurement::hasFailed);
    }

    /** The middle of what a server was measured at in all runs; empty where there is nothing. */
    public OptionalDouble median(String scenario, PeerKind peer, Metric metric) {
        List<Double> figures = measurements.stream()
                .filter(one -> one.scenario().equals(scenario) && one.peer() == peer)
                .flatMap(one -> Optional.ofNullable(one.figures().get(metric)).stream())
                .toList();
        return figures.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Spread.of(figures).median());
    }

    /** Writes a JSON file of that name with every run, and a Markdown file with that text. */
    public void write(Path folder, String name, String markdown) throws IOException {
        Files.createDirectories(folder);
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        json.writeValue(
                folder.resolve(name + ".json").toFile(),
                Map.of("environment", Environment.describe(), "measurements", measurements));
        Files.writeString(folder.resolve(name + ".md"), markdown);
    }

    /** The tables: for each protocol, one a metric, with a row for each scenario and a column for each server. */
    public String markdown() {
        StringBuilder out = new StringBuilder(Environment.describe());
        for (Protocol protocol : Protocol.values()) {
            List<Measurement> ofProtocol = measurements.stream()
                    .filter(one -> one.protocol() == protocol)
                    .toList();
            if (!ofProtocol.isEmpty()) {
                out.append("\n## ").append(protocol.title()).append('\n');
                new Tables(protocol, ofProtocol).write(out);
            }
        }
        return out.toString();
    }
}

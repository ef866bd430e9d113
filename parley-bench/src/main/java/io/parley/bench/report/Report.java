package io.parley.bench.report;

import io.parley.bench.peer.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

package io.parley.bench.report;

import static java.util.Objects.requireNonNull;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.Protocol;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The outcome of one run.
 *
 * @param scenario its name
 * @param protocol what was spoken
 * @param peer the server
 * @param run counted from 1
 * @param figures what was measured; empty when it failed
 * @param error why it failed; empty when it did not
 */
public record Measurement(
        String scenario, Protocol protocol, PeerKind peer, int run, Map<Metric, Double> figures, String error) {

    /** Takes a copy of the figures. */
    public Measurement {
        figures = Map.copyOf(figures);
    }

    /** Whether there are no figures. */
    public boolean hasFailed() {
        return !error.isEmpty();
    }

    /** The figures in one line, in the order of the report. */
    public String summary() {
        return Arrays.stream(Metric.values())
                .filter(figures::containsKey)
                .map(metric -> metric.key() + " " + Spread.number(requireNonNull(figures.get(metric), metric.key())))
                .collect(Collectors.joining(", "));
    }
}

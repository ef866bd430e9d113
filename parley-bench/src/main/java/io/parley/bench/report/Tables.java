package io.parley.bench.report;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.Protocol;
import java.util.List;
import java.util.Optional;

/**
 * The tables of one protocol.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class Tables {

    private static final PeerKind OURS = PeerKind.PARLEY;

    private final Protocol protocol;
    private final List<Measurement> measurements;
    private final List<PeerKind> peers;

    /** Of the measurements of that protocol. */
    Tables(Protocol protocol, List<Measurement> measurements) {
        this.protocol = protocol;
        this.measurements = measurements;
        peers = measurements.stream().map(Measurement::peer).distinct().sorted().toList();
    }

    void write(StringBuilder out) {
        for (Metric metric : Metric.values()) {
            List<String> scenarios = measurements.stream()
                    .filter(one -> one.figures().containsKey(metric))
                    .map(Measurement::scenario)
                    .distinct()
                    .toList();
            if (!scenarios.isEmpty()) {
                table(metric, scenarios, out);
            }
        }
        errors(out);
    }

    private void table(Metric metric, List<String> scenarios, StringBuilder out) {
        out.append("\n### ").append(metric.title()).append("\n\n| |");
        peers.forEach(peer -> out.append(' ').append(peer.title(protocol)).append(" |"));
        out.append("\n|---|").append("---|".repeat(peers.size())).append('\n');
        for (String scenario : scenarios) {
            out.append("| ").append(scenario).append(" |");
            peers.forEach(
                    peer -> out.append(' ').append(cell(scenario, peer, metric)).append(" |"));
            out.append('\n');
        }
    }

    /** As in {@code 1.52 (1.49–1.60) × 3.1}. */
    private String cell(String scenario, PeerKind peer, Metric metric) {
        Optional<Spread> spread = spread(scenario, peer, metric);
        if (spread.isEmpty()) {
            boolean failed = of(scenario, peer).stream().anyMatch(Measurement::hasFailed);
            return failed ? "failed" : "–";
        }
        return spread.get()
                + ratio(scenario, peer, metric, spread.get().median())
                        .map(ratio -> " × " + Spread.number(ratio))
                        .orElse("");
    }

    private Optional<Double> ratio(String scenario, PeerKind peer, Metric metric, double median) {
        return peer == OURS || !metric.isCompared()
                ? Optional.empty()
                : spread(scenario, OURS, metric).map(ours -> metric.ratio(ours.median(), median));
    }

    private Optional<Spread> spread(String scenario, PeerKind peer, Metric metric) {
        List<Double> figures = of(scenario, peer).stream()
                .flatMap(one -> Optional.ofNullable(one.figures().get(metric)).stream())
                .toList();
        return figures.isEmpty() ? Optional.empty() : Optional.of(Spread.of(figures));
    }

    private List<Measurement> of(String scenario, PeerKind peer) {
        return measurements.stream()
                .filter(one -> one.scenario().equals(scenario) && one.peer() == peer)
                .toList();
    }

    private void errors(StringBuilder out) {
        List<Measurement> failed =
                measurements.stream().filter(Measurement::hasFailed).toList();
        if (failed.isEmpty()) {
            return;
        }
        out.append("\n### Errors\n\n| | | run | |\n|---|---|---|---|\n");
        failed.forEach(one -> out.append("| ")
                .append(one.scenario())
                .append(" | ")
                .append(one.peer().title(protocol))
                .append(" | ")
                .append(one.run())
                .append(" | ")
                .append(one.error().lines().findFirst().orElse("").replace("|", "\\|"))
                .append(" |\n"));
    }
}

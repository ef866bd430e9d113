package io.parley.bench.report;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.Protocol;
import java.util.Map;

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

    boolean hasFailed() {
        return !error.isEmpty();
    }
}

package io.parley.bench;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.Protocol;
import io.parley.bench.process.Cores;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Measurement;
import io.parley.bench.report.Metric;
import io.parley.bench.report.Report;
import io.parley.bench.scenario.Pace;
import io.parley.bench.scenario.Scenario;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Measures servers at scenarios: a fresh process a run, the servers in turn, and all of them again in the next run, so
 * that a machine that changes its speed changes it for all.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
final class SideBySide {

    private final Cores cores;
    private final Pace pace;
    private final PrintStream out;
    private final Report report = new Report();

    SideBySide(Cores cores, Pace pace, PrintStream out) {
        this.cores = cores;
        this.pace = pace;
        this.out = out;
    }

    /** Measures all; what fails is in the report. */
    Report run(List<Scenario> scenarios, List<PeerKind> peers, int runs) {
        for (int run = 1; run <= runs; run++) {
            for (Scenario scenario : scenarios) {
                for (PeerKind peer : peersFor(scenario, peers)) {
                    add(run(scenario, peer, run));
                }
            }
        }
        return report;
    }

    private static List<PeerKind> peersFor(Scenario scenario, List<PeerKind> peers) {
        return peers.stream().filter(peer -> peer.takes(scenario.setup())).toList();
    }

    private void add(Measurement measurement) {
        report.add(measurement);
        out.printf(
                "%d %-22s %-12s %s%n",
                measurement.run(),
                measurement.scenario(),
                measurement.peer().key(),
                measurement.error().isEmpty() ? measurement.figures() : measurement.error());
    }

    private Measurement run(Scenario scenario, PeerKind peer, int run) {
        Protocol protocol = scenario.setup().protocol();
        try (PeerProcess server = PeerProcess.start(peer, scenario.setup(), cores, scenario.jvmOptions())) {
            Map<Metric, Double> figures = scenario.measure(server, pace);
            return new Measurement(scenario.name(), protocol, peer, run, figures, "");
        } catch (IOException | RuntimeException failed) {
            return new Measurement(scenario.name(), protocol, peer, run, Map.of(), failed.toString());
        }
    }
}

package io.parley.bench;

import static java.util.Objects.requireNonNull;

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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    private final @Nullable Path profiles; // null unless what servers do is recorded
    private final Report report = new Report();

    SideBySide(Cores cores, Pace pace, PrintStream out, @Nullable Path profiles) {
        this.cores = cores;
        this.pace = pace;
        this.out = out;
        this.profiles = profiles;
    }

    /** Measures all; what fails is in the report. */
    Report run(List<Scenario> scenarios, List<PeerKind> peers, int runs) {
        for (int run = 1; run <= runs; run++) {
            for (Scenario scenario : scenarios) {
                run(scenario, peers, run);
            }
        }
        return report;
    }

    private void run(Scenario scenario, List<PeerKind> peers, int run) {
        Optional<Measurement> basis = scenario.basis().map(wanted -> basis(wanted, run));
        for (PeerKind peer : peers) {
            if (scenario.takes(peer)) {
                add(run(scenario, basis, peer, run));
            }
        }
    }

    /** What the official server did in the same run; it is measured now if it was not yet. */
    private Measurement basis(Scenario scenario, int run) {
        return report.measurements().stream()
                .filter(one -> one.run() == run
                        && one.peer() == PeerKind.NODE
                        && one.scenario().equals(scenario.name()))
                .findFirst()
                .orElseGet(() -> add(run(scenario, Optional.empty(), PeerKind.NODE, run)));
    }

    private Measurement add(Measurement measurement) {
        report.add(measurement);
        out.printf(
                "%d %-22s %-14s %s%n",
                measurement.run(),
                measurement.scenario(),
                measurement.peer().key(),
                measurement.hasFailed() ? measurement.error() : measurement.summary());
        return measurement;
    }

    private Measurement run(Scenario scenario, Optional<Measurement> basis, PeerKind peer, int run) {
        Protocol protocol = scenario.setup().protocol();
        try {
            Scenario known =
                    basis.map(SideBySide::rate).map(scenario::withBasis).orElse(scenario);
            return new Measurement(scenario.name(), protocol, peer, run, measure(known, peer, run), "");
        } catch (IOException | RuntimeException failed) {
            return new Measurement(scenario.name(), protocol, peer, run, Map.of(), failed.toString());
        }
    }

    private static double rate(Measurement basis) {
        if (basis.hasFailed()) {
            throw new IllegalStateException("No rate without that of " + basis.scenario() + ", "
                    + basis.peer().key() + ", which failed: " + basis.error());
        }
        return requireNonNull(basis.figures().get(Metric.RATE), "rate");
    }

    private Map<Metric, Double> measure(Scenario scenario, PeerKind peer, int run) throws IOException {
        try (PeerProcess server = PeerProcess.start(peer, scenario.setup(), cores, scenario.jvmOptions(peer, cores))) {
            if (profiles != null && peer.platform() != PeerKind.Platform.NODE) {
                String file = scenario.name() + "-" + peer.key() + "-" + run + ".jfr";
                server.recordInto(profiles.toAbsolutePath().resolve(file));
            }
            return scenario.measure(server, pace);
        }
    }
}

package io.parley.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bench.peer.PeerKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void givenRunsOfTwoServers_whenReported_thenMediansSpreadAndRatiosShow() {
        Report report = new Report();
        report.add(run(PeerKind.PARLEY, 1, 2.0));
        report.add(run(PeerKind.PARLEY, 2, 4.0));
        report.add(run(PeerKind.PARLEY, 3, 2.5));
        report.add(run(PeerKind.NETTY, 1, 5.0));

        String table = report.markdown();

        assertThat(table).contains("""
                ### echo

                | server | CPU per message, µs | × |
                |---|---|---|
                | Parley | 2.50 (2.00–4.00) | 1.00 |
                | bare Netty 4.2 | 5.00 | 2.00 |
                """);
        assertThat(report.isComplete()).isTrue();
    }

    @Test
    void givenARunThatFailed_whenReported_thenTheErrorShows() {
        Report report = new Report();
        report.add(run(PeerKind.PARLEY, 1, 2.0));
        report.add(new Measurement("echo", PeerKind.JETTY, 1, Map.of(), "java.io.IOException: gone\nand more"));

        String table = report.markdown();

        assertThat(table).contains("| Jetty 12.1 | – | – | failed: java.io.IOException: gone |\n");
        assertThat(report.isComplete()).isFalse();
    }

    private static Measurement run(PeerKind peer, int run, double cpuMicros) {
        return new Measurement("echo", peer, run, Map.of(Metric.CPU_MICROS, cpuMicros), "");
    }
}

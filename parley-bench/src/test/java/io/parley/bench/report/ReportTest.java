package io.parley.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.Protocol;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void givenRunsOfTwoServers_whenReported_thenMediansSpreadAndRatiosShow() {
        Report report = new Report();
        report.add(run(PeerKind.PARLEY, 1, 2.0));
        report.add(run(PeerKind.NETTY, 1, 5.0));
        report.add(run(PeerKind.PARLEY, 2, 4.0));
        report.add(run(PeerKind.PARLEY, 3, 2.5));

        String table = report.markdown();

        assertThat(table).contains("""
                ## Raw WebSocket

                ### CPU of the server for each operation, µs

                | | Parley | bare Netty 4.2 |
                |---|---|---|
                | echo | 2.50 (2.00–4.00) | 5.00 × 2.00 |
                """);
        assertThat(report.isComplete()).isTrue();
    }

    @Test
    void givenRates_whenReported_thenTheRatioIsHowManyTimesMoreIsOurs() {
        Report report = new Report();
        report.add(new Measurement("ack", Protocol.SOCKET_IO, PeerKind.PARLEY, 1, Map.of(Metric.RATE, 300.0), ""));
        report.add(new Measurement("ack", Protocol.SOCKET_IO, PeerKind.NODE, 1, Map.of(Metric.RATE, 100.0), ""));

        String table = report.markdown();

        assertThat(table).contains("| | Parley | Node socket.io 4.8 |\n", "| ack | 300 | 100 × 3.00 |\n");
    }

    @Test
    void givenFiguresThatAreNotCompared_whenReported_thenThereIsNoRatio() {
        Report report = new Report();
        report.add(new Measurement("ack", Protocol.RAW, PeerKind.PARLEY, 1, Map.of(Metric.LOAD_BUSY, 0.5), ""));
        report.add(new Measurement("ack", Protocol.RAW, PeerKind.NETTY, 1, Map.of(Metric.LOAD_BUSY, 0.9), ""));

        String table = report.markdown();

        assertThat(table).contains("| ack | 0.50 | 0.90 |\n");
    }

    @Test
    void givenARunThatFailed_whenReported_thenTheErrorShows() {
        Report report = new Report();
        report.add(run(PeerKind.PARLEY, 1, 2.0));
        report.add(new Measurement(
                "echo", Protocol.RAW, PeerKind.JETTY, 1, Map.of(), "java.io.IOException: gone\nand more"));

        String table = report.markdown();

        assertThat(table)
                .contains("| echo | 2.00 | failed |\n", "| echo | Jetty 12.1 | 1 | java.io.IOException: gone |\n");
        assertThat(report.isComplete()).isFalse();
    }

    private static Measurement run(PeerKind peer, int run, double cpuMicros) {
        return new Measurement("echo", Protocol.RAW, peer, run, Map.of(Metric.CPU_MICROS, cpuMicros), "");
    }
}

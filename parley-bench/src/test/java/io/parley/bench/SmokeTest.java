package io.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.PeerSetup;
import io.parley.bench.peer.Protocol;
import io.parley.bench.process.Cores;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Metric;
import io.parley.bench.scenario.Pace;
import io.parley.bench.scenario.Scenario;
import io.parley.bench.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything runs, in small; nothing is said about how fast. */
class SmokeTest {

    private static final Pace SMALL = new Pace(Duration.ZERO, Duration.ofMillis(20), 4);

    @ParameterizedTest
    @EnumSource
    void givenAPeer_whenMeasuredAtEveryScenario_thenThereAreFigures(PeerKind peer) throws IOException {
        List<Map<Metric, Double>> figures = new ArrayList<>();

        for (Protocol protocol : Protocol.values()) {
            PeerSetup setup = PeerSetup.of(protocol);
            if (peer.takes(setup)) {
                boolean deflate = peer.takes(setup.withDeflate(true));
                try (PeerProcess server =
                        PeerProcess.start(peer, setup.withDeflate(deflate), Cores.find(), List.of())) {
                    for (Scenario scenario : Scenarios.all()) {
                        if (scenario.setup().protocol() == protocol && peer.takes(scenario.setup())) {
                            figures.add(scenario.measure(server, SMALL));
                        }
                    }
                }
            }
        }

        assertThat(figures).allSatisfy(found -> assertThat(found).hasSizeBetween(2, 3));
    }

    @Test
    void givenTheCommand_whenRunSmall_thenAReportIsWritten(@TempDir Path folder) {
        int code = Main.execute(
                Cores.find(),
                "--peers=parley,netty",
                "--runs=1",
                "--warm-up=0",
                "--measure=20",
                "--max-clients=2",
                "--out=" + folder,
                "echo-64");

        assertThat(code).isZero();
        assertThat(folder.resolve("servers.json")).content().contains("\"scenario\" : \"echo-64\"");
        assertThat(folder.resolve("servers.md")).content().contains("| | Parley | bare Netty 4.2 |", "| echo-64 |");
    }

    @Test
    void givenAnUnknownScenario_whenRun_thenItSaysWhichThereAre() {
        int code = Main.execute(Cores.find(), "echo-65");

        assertThat(code).isEqualTo(2);
    }
}

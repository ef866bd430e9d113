package io.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.PeerSetup;
import io.parley.bench.peer.Protocol;
import io.parley.bench.process.Cores;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Metric;
import io.parley.bench.scenario.Growths;
import io.parley.bench.scenario.Pace;
import io.parley.bench.scenario.Scenario;
import io.parley.bench.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything runs, in small; nothing is said about how fast. */
class SmokeTest {

    private static final Pace SMALL = new Pace(Duration.ZERO, Duration.ofMillis(20), Duration.ofMillis(20), 4);
    private static final double RATE = 100;

    /** All but an archive, which cannot be made of folders. */
    private static final Set<String> KINDS = Set.of(
            "echo-64",
            "echo-1m",
            "broadcast-64",
            "idle",
            "fanout-100-64",
            "fanout-100-1k-half",
            "ack-1",
            "sio-echo-1m",
            "polling-echo",
            "connect-direct",
            "connect-upgrade",
            "sio-idle",
            "startup");

    /** What a server of others does in one process; after more it takes no client any more. */
    private static final Set<String> LITTLE = Set.of("fanout-100-64", "ack-1", "sio-idle", "startup");

    @ParameterizedTest
    @MethodSource
    void givenAPeer_whenMeasuredAtEveryScenario_thenThereAreFigures(PeerKind peer, PeerSetup setup) throws IOException {
        Map<String, Map<Metric, Double>> figures = new TreeMap<>();

        try (PeerProcess server = PeerProcess.start(peer, setup, Cores.find(), List.of())) {
            for (Scenario scenario : scenarios(peer, setup)) {
                figures.put(scenario.name(), scenario.withBasis(RATE).measure(server, SMALL));
            }
        }

        int fewest = peer == PeerKind.FLOOR ? 2 : LITTLE.size();
        assertThat(figures).hasSizeGreaterThanOrEqualTo(fewest).allSatisfy((name, found) -> assertThat(found)
                .hasSizeGreaterThanOrEqualTo(2));
    }

    /** Each of what it speaks, with compression where it can, for then it does without, too. */
    static Stream<Arguments> givenAPeer_whenMeasuredAtEveryScenario_thenThereAreFigures() {
        return Arrays.stream(PeerKind.values()).flatMap(peer -> Arrays.stream(Protocol.values())
                .map(PeerSetup::of)
                .filter(peer::takes)
                .map(setup -> arguments(peer, setup.withDeflate(peer.takes(setup.withDeflate(true))))));
    }

    /** One of each kind that it can, of the protocol. */
    private static List<Scenario> scenarios(PeerKind peer, PeerSetup setup) {
        return Scenarios.all().stream()
                .filter(scenario -> scenario.takes(peer) && scenario.setup().protocol() == setup.protocol())
                .filter(scenario -> KINDS.contains(scenario.name().replace("-deflate", "")))
                .filter(scenario -> peer != PeerKind.NETTY_SOCKETIO || LITTLE.contains(scenario.name()))
                .toList();
    }

    @Test
    void givenEveryRange_whenMeasuredAtItsFirstStep_thenThereAreFigures() throws IOException {
        Map<String, Map<Metric, Double>> figures = new TreeMap<>();

        for (Map.Entry<PeerSetup, List<Scenario>> same : firstSteps().entrySet()) {
            try (PeerProcess server = PeerProcess.start(PeerKind.PARLEY, same.getKey(), Cores.find(), List.of())) {
                for (Scenario scenario : same.getValue()) {
                    figures.put(scenario.name(), scenario.measure(server, SMALL));
                }
            }
        }

        assertThat(figures).hasSize(10).allSatisfy((name, found) -> assertThat(found)
                .hasSizeGreaterThanOrEqualTo(2));
    }

    @Test
    void givenConnectionsOfTwoServers_whenMeasured_thenThereAreFigures() throws IOException {
        Scenario two =
                Growths.named(List.of("servers"), 4).get(0).steps().get(1).scenario();

        try (PeerProcess server = PeerProcess.start(PeerKind.PARLEY, two.setup(), Cores.find(), List.of())) {
            assertThat(two.measure(server, SMALL))
                    .containsOnlyKeys(Metric.HEAP_BYTES, Metric.RESIDENT_BYTES, Metric.IDLE_CPU_PERCENT);
        }
    }

    /** By what the server is to be, so that one process does for all of them. */
    private static Map<PeerSetup, List<Scenario>> firstSteps() {
        return Growths.all(4_000).stream()
                .map(growth -> growth.steps().get(0).scenario())
                .collect(Collectors.groupingBy(Scenario::setup));
    }

    @Test
    void givenTheGrowthCommand_whenRunSmall_thenACurveIsDrawn(@TempDir Path folder) {
        int code = Main.execute(
                Cores.find(),
                "--out=" + folder,
                "growth",
                "--quick",
                "--warm-up=0",
                "--measure=20",
                "--max-clients=10",
                "recipients");

        assertThat(code).isZero();
        assertThat(folder.resolve("growth.md")).content().contains("(recipients.svg)", "| recipients-10 |");
        assertThat(folder.resolve("recipients.svg")).content().contains("<polyline class=\"curve c0\"");
    }

    @Test
    void givenTheSoakCommand_whenRunForSeconds_thenItTellsWhatTheServerHeld(@TempDir Path folder) {
        Main.execute(
                Cores.find(), "--out=" + folder, "soak", "--minutes=0.01", "--staying=2", "--clients=3", "--talk=20");

        assertThat(folder.resolve("soak.md")).content().contains("| live heap, bytes | ", "| open files | ");
        assertThat(folder.resolve("soak.svg")).content().contains("resident");
    }

    @Test
    void givenAServerThatAnswersWrongly_whenRun_thenThatIsAnErrorInTheReport(@TempDir Path folder) {
        int code = Main.execute(
                Cores.find(), "--quick", "--max-clients=2", "--peers=netty-socketio", "--out=" + folder, "sio-echo-1m");

        assertThat(code).isEqualTo(1);
        assertThat(folder.resolve("servers.md")).content().contains("| sio-echo-1m | netty-socketio 2.0.14 | 1 | ");
    }

    @Test
    void givenAttacks_whenRunSmall_thenTheWitnessIsAnswered(@TempDir Path folder) throws IOException {
        int code = Main.execute(
                Cores.find(),
                "--out=" + folder,
                "hostile",
                "none",
                "flood-polling",
                "malformed",
                "--warm-up=50",
                "--measure=50");

        assertThat(code).isZero();
        assertThat(folder.resolve("hostile.md")).content().contains("nobody", "its own server", "another server");
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
                "echo-64-deflate");

        assertThat(code).isZero();
        assertThat(folder.resolve("servers.json")).content().contains("\"scenario\" : \"echo-64-deflate\"");
        assertThat(folder.resolve("servers.md"))
                .content()
                .contains("| | Parley | bare Netty 4.2 |", "| echo-64-deflate |");
    }

    @Test
    void givenAFolderForProfiles_whenRun_thenEachServerOnAJvmIsRecorded(@TempDir Path folder) throws IOException {
        Path profiles = folder.resolve("profiles of today");

        int code = Main.execute(
                Cores.find(),
                "--peers=parley,node,floor",
                "--runs=1",
                "--warm-up=0",
                "--measure=20",
                "--max-clients=2",
                "--out=" + folder,
                "--profile=" + profiles,
                "fanout-100-64");

        assertThat(code).isZero();
        assertThat(profiles).isDirectoryContaining("glob:**/fanout-100-64-parley-1.jfr");
        assertThat(RecordingFile.readAllEvents(profiles.resolve("fanout-100-64-floor-1.jfr")))
                .isNotEmpty();
        assertThat(folder.resolve("servers.md"))
                .content()
                .contains("| | Parley | Node socket.io 4.8 | one send a delivery |", "### Of it in the kernel, µs");
    }

    @Test
    void givenAScenarioAtHalfOfARate_whenRun_thenThatRateIsMeasuredBefore(@TempDir Path folder) {
        int code = Main.execute(
                Cores.find(),
                "--peers=parley",
                "--runs=1",
                "--warm-up=0",
                "--measure=20",
                "--max-clients=2",
                "--out=" + folder,
                "fanout-100-64-half");

        assertThat(code).isZero();
        assertThat(folder.resolve("servers.md"))
                .content()
                .contains("| | Parley | Node socket.io 4.8 |", "| fanout-100-64 | – | ", "| fanout-100-64-half | ");
    }

    @Test
    void givenAnUnknownScenario_whenRun_thenItSaysWhichThereAre() {
        int code = Main.execute(Cores.find(), "echo-65");

        assertThat(code).isEqualTo(2);
    }
}

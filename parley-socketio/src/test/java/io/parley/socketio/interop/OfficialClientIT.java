package io.parley.socketio.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.NodePeer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the official client does and sees on our server is what it does and sees on the official one. */
class OfficialClientIT {

    private static final List<String> MODES = List.of("polling", "websocket", "upgrade");

    private static NodePeer client;
    private static NodePeer official;
    private static ScenarioServer ours;
    private static int officialPort;

    @BeforeAll
    static void start() {
        client = NodePeer.start(Path.of("src/test/node/scenario-client.cjs"));
        official = NodePeer.start(Path.of("src/test/node/scenario-server.cjs"));
        officialPort = (int) official.call("listen");
        ours = ScenarioServer.startImpatient();
    }

    @AfterAll
    static void stop() {
        client.close();
        official.close();
        ours.close();
    }

    static Stream<Arguments> scenarios() {
        List<?> names = (List<?>) client.call("scenarios");
        return names.stream().flatMap(name -> MODES.stream().map(mode -> Arguments.of(name, mode)));
    }

    @ParameterizedTest(name = "{0} over {1}")
    @MethodSource("scenarios")
    void givenAScenario_whenPlayedOnBothServers_thenTheTranscriptsAreTheSame(String scenario, String mode) {
        Object expected = client.call("play", officialPort, scenario, mode);

        assertThat(client.call("play", ours.port(), scenario, mode)).isEqualTo(expected);
    }
}

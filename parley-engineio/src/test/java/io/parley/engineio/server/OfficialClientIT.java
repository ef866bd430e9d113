package io.parley.engineio.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.TransportType;
import io.parley.testkit.Deadline;
import io.parley.testkit.NodePeer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official {@code engine.io-client} against this server. */
class OfficialClientIT {

    private static final int MESSAGES = 2_000;

    private final EchoServer server = new EchoServer(EngineOptions.builder()
            .pingInterval(Duration.ofMillis(200))
            .pingTimeout(Duration.ofSeconds(10))
            .build());
    private final NodePeer client = NodePeer.start(Path.of("src/test/node/engine-client.cjs"));

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling websocket"})
    void givenAnyTransports_whenMessagesGoBothWays_thenTheyArriveUnchanged(String transports) {
        connect(transports);
        Map<String, String> bytes = Map.of("$hex", "00ff1e80");

        client.call("send", "hello €😀", bytes, "line\nquote\"");

        assertThat(client.nextEvent("message")).isEqualTo("hello €😀");
        assertThat(client.nextEvent("message")).isEqualTo(bytes);
        assertThat(client.nextEvent("message")).isEqualTo("line\nquote\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void givenOneTransport_whenTimePasses_thenHeartbeatsKeepTheSession(String transport) {
        connect(transport);

        for (int i = 0; i < 4; i++) {
            client.nextEvent("ping");
        }

        assertThat(client.events("close")).isEmpty();
        assertThat(server.engine.clientsCount()).isEqualTo(1);
    }

    @Test
    void givenAnUpgradeUnderWay_whenManyMessagesGoBothWays_thenNoneIsLostDoubledOrOutOfOrder() {
        connect("polling websocket");

        client.call("sendNumbers", 1, MESSAGES);
        assertThat(client.nextEvent("upgrade")).isEqualTo("websocket");
        client.call("sendNumbers", MESSAGES + 1, 2 * MESSAGES);

        Deadline.await("all echoes", () -> client.events("message").size() >= 2 * MESSAGES);
        List<String> expected = IntStream.rangeClosed(1, 2 * MESSAGES)
                .mapToObj(Integer::toString)
                .toList();
        assertThat(client.events("message")).isEqualTo(List.copyOf(expected));
    }

    @Test
    void givenABodyBeyondMaxPayload_whenSentOverPolling_thenTheClientSplitsItAndAllArrives() {
        connect("polling");
        String large = "x".repeat(400_000);

        client.call("send", large, large, large, large, large);

        Deadline.await("all echoes", () -> client.events("message").size() == 5);
        assertThat(client.events("message")).containsOnly(large);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling websocket"})
    void givenAnyTransports_whenTheServerCloses_thenTheClientHearsOfIt(String transports) throws InterruptedException {
        connect(transports);

        server.onlySocket().close();

        assertThat(client.nextEvent("close")).isEqualTo("transport close");
        assertThat(server.ends.poll(20, SECONDS)).isEqualTo("forced close");
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling websocket"})
    void givenAnyTransports_whenTheClientCloses_thenTheServerHearsOfIt(String transports) throws InterruptedException {
        connect(transports);

        client.call("close");

        assertThat(client.nextEvent("close")).isEqualTo("forced close");
        assertThat(server.ends.poll(20, SECONDS)).startsWith("transport close");
        Deadline.await("no session is left", () -> server.engine.clientsCount() == 0);
    }

    @Test
    void givenATransportThatIsOff_whenTheClientAsksForIt_thenItIsRefused() {
        try (EchoServer pollingOnly = new EchoServer(
                EngineOptions.builder().transports(TransportType.POLLING).build())) {
            client.call("connect", pollingOnly.url(), Map.of("transports", List.of("websocket")));

            assertThat(client.nextEvent("error").toString()).contains("websocket error");
        }
    }

    private void connect(String transports) {
        client.call("connect", server.url(), Map.of("transports", List.of(transports.split(" "))));
        client.nextEvent("open");
    }
}

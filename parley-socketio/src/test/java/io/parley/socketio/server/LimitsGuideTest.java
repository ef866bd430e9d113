package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.server.ClientAddress;
import io.parley.engineio.server.HandshakeLimits;
import io.parley.testkit.GuideCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guides to back-pressure and rate limits show, running; and that the guides show just that. */
class LimitsGuideTest {

    private static final Path SOURCE = Path.of("src/test/java/io/parley/socketio/server/LimitsGuideTest.java");

    private final List<String> log = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"back-pressure.md", "rate-limits.md"})
    void givenTheGuide_whenItsCodeIsLookedFor_thenAllOfItIsHere(String guide) {
        assertThat(GuideCode.provenBlocks(Path.of("../docs", guide), SOURCE)).hasSizeGreaterThan(2);
    }

    @Test
    void givenAPolicyForTheServer_whenBuilt_thenItIsThere() {
        SocketIoOptions options = SocketIoOptions.builder()
                .engine(engine -> engine.highWaterMark(256 * 1024).maxBufferedBytes(4 * 1024 * 1024))
                .slowClients(SlowClientPolicy.dropOldest())
                .build();

        assertThat(options.engine().highWaterMark()).isEqualTo(256 * 1024);
        assertThat(options.slowClients().whenFull()).isEqualTo(SlowClientAction.DROP_OLDEST);
    }

    @Test
    void givenAPolicyForPrices_whenTheClientIsSlow_thenTheNewestOfEachShareWaits() {
        TestServer server = new TestServer();
        SocketIoServer io = server.io;

        Namespace prices = io.of("/prices")
                .slowClients(SlowClientPolicy.builder()
                        .keepNewestBy("price", 0)
                        .keepNewest("news", 10)
                        .whenFull(SlowClientAction.DROP_OLDEST)
                        .build());
        prices.emit("price", "ACME", 12.5);

        TestClient client = server.client().join("/prices");
        client.slow(true);
        prices.emit("price", "ACME", 1);
        prices.emit("price", "ACME", 2);
        server.run();
        client.slow(false);
        assertThat(client.received()).containsExactly("2/prices,[\"price\",\"ACME\",2]");
    }

    @Test
    void givenListeners_whenAClientIsSlowAndCatchesUp_thenTheyHear() {
        TestServer server = new TestServer(options -> options.slowClients(
                SlowClientPolicy.builder().keepNewest("n", 1).build()));
        SocketIoServer io = server.io;

        io.sockets().onSlowClient((socket, action) -> log.add(socket.id() + ": " + action));
        io.onConnection(socket -> {
            socket.onDrain(() -> log.add("caught up, " + socket.droppedEvents() + " events were dropped"));
            if (socket.isWritable()) {
                socket.emit("page", "a large one");
            }
        });

        TestClient client = server.client().send("0");
        assertThat(client.received()).hasSize(2).last().isEqualTo("2[\"page\",\"a large one\"]");
        client.slow(true);
        io.emit("n", 1);
        io.emit("n", 2);
        server.run();
        client.slow(false);
        assertThat(log).containsExactly(server.last().id() + ": CONFLATE", "caught up, 1 events were dropped");
    }

    @Test
    void givenRateLimits_whenTooMuchComes_thenTheClientAndTheListenerHear() {
        SocketIoOptions options = SocketIoOptions.builder()
                .rateLimits(RateLimits.builder()
                        .events(20, 50)
                        .bytes(100_000, 500_000)
                        .action(RateLimitAction.REFUSE)
                        .build())
                .build();
        TestServer server = new TestServer(builder -> builder.rateLimits(options.rateLimits()));
        SocketIoServer io = server.io;

        io.sockets().onRateLimited((socket, cause) -> log.add(socket.id() + " sends too much: " + cause));

        TestClient client = server.connected();
        for (int i = 0; i < 51; i++) {
            client.send("2[\"say\"]");
        }
        assertThat(client.received())
                .containsExactly(
                        "2[\"rate_limited\",{\"error\":{\"code\":\"rate_limited\",\"message\":\"more events than 20"
                                + " a second, 50 at once (limit: events)\",\"event\":\"say\"}}]");
        assertThat(log).containsExactly(server.last().id() + " sends too much: EVENTS");
    }

    @Test
    void givenHandshakeLimits_whenSet_thenTheyAreTheEngines() {
        HandshakeLimits limits = HandshakeLimits.builder()
                .handshakes(500, 1_000)
                .handshakesPerAddress(5, 50)
                .sessionsPerAddress(200)
                .clientAddress(ClientAddress.forwardedBy("10.0.0.0/8", "::1"))
                .build();
        SocketIoServer io = SocketIoServer.create(SocketIoOptions.builder()
                .engine(engine -> engine.handshakeLimits(limits))
                .build());

        assertThat(io.engine().options().handshakeLimits()).isSameAs(limits);
    }
}

package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.ConnectionRefused;
import io.parley.testkit.Deadline;
import io.parley.testkit.GuideCode;
import io.parley.testkit.RawWebSocket;
import io.parley.websocket.server.HttpServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What the guide to old clients shows, running; and that the guide shows just that. */
class OldClientsGuideTest {

    private static final Path GUIDE = Path.of("../docs/old-clients.md");
    private static final Path SOURCE = Path.of("src/test/java/io/parley/socketio/server/OldClientsGuideTest.java");

    private final List<String> log = new CopyOnWriteArrayList<>();

    @Test
    void givenTheGuide_whenReadBesideThisTest_thenItsExamplesAreTheseHere() {
        assertThat(GuideCode.provenBlocks(GUIDE, SOURCE)).hasSize(3);
    }

    @Test
    void givenAServerThatAllowsOldClients_whenOneComes_thenItIsServedAsTheGuideSays() {
        HttpServer http = HttpServer.builder().host("127.0.0.1").port(0).build();
        SocketIoOptions options = SocketIoOptions.builder()
                .engine(engine -> engine.allowEIO3(true))
                .build();
        SocketIoServer io = SocketIoServer.attach(http, options);
        io.of("/admin").use(socket -> {
            if (!"secret".equals(socket.handshake().auth().string("token"))) {
                throw new ConnectionRefused("unauthorized", Map.of("retry", false));
            }
        });
        io.onConnection(socket -> {
            if (socket.connection().protocol() == 3) {
                log.add("an old client: "
                        + socket.handshake().headers().first("User-Agent").orElse("unknown"));
            }
        });
        http.start();

        try (http;
                RawWebSocket client = RawWebSocket.open(http.port(), "/socket.io/?EIO=3&transport=websocket")) {
            assertThat(client.readText()).startsWith("0{\"sid\":");
            assertThat(client.readText()).isEqualTo("40");
            client.sendText("40/admin?token=wrong,");
            assertThat(client.readText()).isEqualTo("44/admin,{\"retry\":false}");
            client.sendText("40/admin?token=secret,");
            assertThat(client.readText()).isEqualTo("40/admin,");
            Deadline.await("the handler", () -> log.contains("an old client: unknown"));
        }
    }
}

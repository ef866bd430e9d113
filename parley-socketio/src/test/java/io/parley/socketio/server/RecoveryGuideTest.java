package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.adapter.ConnectionStateRecovery;
import io.parley.socketio.adapter.RecoveryStore;
import io.parley.testkit.Deadline;
import io.parley.testkit.GuideCode;
import io.parley.testkit.RawWebSocket;
import io.parley.websocket.server.HttpServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the guide to recovery shows, running; and that the guide shows just that. */
class RecoveryGuideTest {

    private static final Path GUIDE = Path.of("../docs/recovery.md");
    private static final Path SOURCE = Path.of("src/test/java/io/parley/socketio/server/RecoveryGuideTest.java");

    @Test
    void givenTheGuide_whenReadBesideThisTest_thenItsExamplesAreTheseHere() {
        assertThat(GuideCode.provenBlocks(GUIDE, SOURCE)).hasSize(2);
    }

    @Test
    void givenAServerWithRecovery_whenAClientIsLostAndBack_thenItIsServedAsTheGuideSays() {
        HttpServer http = HttpServer.builder().host("127.0.0.1").port(0).build();
        SocketIoOptions options = SocketIoOptions.builder()
                .connectionStateRecovery(ConnectionStateRecovery.builder()
                        .maxDisconnectionDuration(Duration.ofMinutes(2))
                        .skipMiddlewares(true)
                        .build())
                .build();
        SocketIoServer io = SocketIoServer.attach(http, options);
        io.onConnection(socket -> {
            if (!socket.recovered()) {
                socket.join("news"); // a new session: what a client needs at its beginning
            }
        });
        http.start();

        try (http) {
            String pid;
            try (RawWebSocket client = join(http, "40")) {
                pid = pid(client.readText());
                Deadline.await("the room", () -> io.sockets().sockets().values().stream()
                        .anyMatch(socket -> socket.rooms().contains("news")));
                io.to("news").emit("news", 1);
            }
            Deadline.await("the loss", () -> io.sockets().sockets().isEmpty());
            io.to("news").emit("news", 2);

            try (RawWebSocket back = join(http, "40{\"pid\":\"" + pid + "\"}")) {
                assertThat(back.readText()).startsWith("42[\"news\",1,");
                assertThat(back.readText()).startsWith("42[\"news\",2,");
                assertThat(pid(back.readText())).isEqualTo(pid);
            }
        }
    }

    @Test
    void givenTwoServersWithOneStore_whenOneFollowsTheOther_thenTheyTakeTurns() {
        RecoveryStore store = new RecoveryStore();

        ConnectionStateRecovery recovery =
                ConnectionStateRecovery.builder().store(store).build();

        SocketIoOptions options =
                SocketIoOptions.builder().connectionStateRecovery(recovery).build();
        SocketIoServer.create(options).close();
        SocketIoServer next = SocketIoServer.create(options);
        assertThat(next.recoveryFigures().sessionsHeld()).isZero();
        next.close();
    }

    private static RawWebSocket join(HttpServer http, String packet) {
        RawWebSocket client = RawWebSocket.open(http.port(), "/socket.io/?EIO=4&transport=websocket");
        assertThat(client.readText()).startsWith("0{\"sid\":");
        client.sendText(packet);
        return client;
    }

    private static String pid(String connect) {
        Matcher pid = Pattern.compile(".*\"pid\":\"([^\"]+)\".*").matcher(connect);
        assertThat(pid.matches()).as(connect).isTrue();
        return pid.group(1);
    }
}

package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.ConnectionRefused;
import io.parley.testkit.Deadline;
import io.parley.testkit.GuideCode;
import io.parley.testkit.RawWebSocket;
import io.parley.websocket.server.HttpServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What the guide for those who come from netty-socketio shows, running; and that the guide shows just that. */
class ComingFromNettySocketIoTest {

    private static final Path GUIDE = Path.of("../docs/coming-from-netty-socketio.md");
    private static final Path SOURCE =
            Path.of("src/test/java/io/parley/socketio/server/ComingFromNettySocketIoTest.java");

    private final int port = 0;
    private final List<String> log = new CopyOnWriteArrayList<>();

    record Message(String text) {}

    @Test
    void givenTheGuide_whenItsCodeIsLookedFor_thenAllOfItIsHere() {
        assertThat(GuideCode.provenBlocks(GUIDE, SOURCE)).hasSize(4);
    }

    @Test
    void givenTheFirstExample_whenItRuns_thenAllHearAndTheLeaverIsNoted() {
        HttpServer http = HttpServer.builder().host("127.0.0.1").port(port).build();
        SocketIoServer io = SocketIoServer.attach(http);
        io.onConnection(socket -> {
            socket.on("chat", Message.class, message -> io.emit("chat", message));
            socket.onDisconnect(reason -> log.add(socket.id() + " left: " + reason));
        });
        http.start();

        try (http;
                RealClient one = RealClient.connected(http.port());
                RealClient two = RealClient.connected(http.port())) {
            one.send("2[\"chat\",{\"text\":\"hello\"}]");
            assertThat(two.read()).isEqualTo("2[\"chat\",{\"text\":\"hello\"}]");
            one.send("1");
            Deadline.await("noted", () -> log.size() == 1);
            assertThat(log.get(0)).endsWith(" left: client namespace disconnect");
        }
    }

    @Test
    void givenRooms_whenTheExampleRuns_thenEachHearsWhatIsForIt() {
        serve((io, http) -> {
            io.onConnection(socket -> socket.on("go", (args, ack) -> talkTo(io, socket)));
            try (RealClient other = RealClient.connected(http.port());
                    RealClient sender = RealClient.connected(http.port())) {
                io.socketsJoin("room-42", "room-43");

                sender.send("2[\"go\"]");

                assertThat(sender.read()).contains("for all in the room");
                assertThat(sender.read()).isEqualTo("1"); // disconnected
                assertThat(other.read()).contains("for all in the room");
                assertThat(other.read()).contains("for all but the sender");
                assertThat(other.read()).contains("once for who is in both");
                assertThat(other.read()).isEqualTo("1");
            }
        });
    }

    private static void talkTo(SocketIoServer io, Socket socket) {
        socket.join("room-42");
        io.to("room-42").emit("news", "for all in the room");
        socket.to("room-42").emit("news", "for all but the sender");
        io.to("room-42").to("room-43").except(socket.id()).emit("news", "once for who is in both");
        io.in("room-42").disconnectSockets();
    }

    @Test
    void givenAcknowledgements_whenTheExampleRuns_thenBothWaysAreAnswered() {
        serve((io, http) -> {
            io.onConnection(this::answer);
            try (RealClient client = RealClient.connected(http.port())) {
                String question = client.read();
                assertThat(question).startsWith("2").endsWith("[\"ready?\"]");
                client.send("3" + question.substring(1, question.indexOf('[')) + "[\"yes\"]");
                Deadline.await("answered", () -> log.equals(List.of("said yes")));

                client.send("27[\"sum\",2,3]");
                assertThat(client.read()).isEqualTo("37[5]");
            }
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // as the guide shows it: the log tells
    private void answer(Socket socket) {
        socket.on("sum", (args, ack) -> ack.send(args.integer(0) + args.integer(1)));
        socket.timeout(Duration.ofSeconds(2)).emitWithAck("ready?").whenComplete((reply, failure) -> {
            log.add(failure == null ? "said " + reply.string(0) : failure.getMessage());
        });
    }

    @Test
    void givenAToken_whenTheExampleRuns_thenItDecides() {
        serve((io, http) -> {
            io.use(socket -> {
                String token = socket.handshake().auth().string("token");
                if (!"secret".equals(token)) {
                    throw new ConnectionRefused("unauthorized", Map.of("retry", false));
                }
                socket.data().put("user", "ada");
            });
            io.onConnection(socket -> log.add("welcome " + socket.data().get("user")));

            assertThat(answerTo(http, "40{\"token\":\"wrong\"}"))
                    .isEqualTo("44{\"message\":\"unauthorized\",\"data\":{\"retry\":false}}");
            assertThat(answerTo(http, "40{\"token\":\"secret\"}")).startsWith("40{\"sid\"");
            Deadline.await("welcomed", () -> log.equals(List.of("welcome ada")));
        });
    }

    private static String answerTo(HttpServer http, String connect) {
        try (RawWebSocket client = RawWebSocket.open(http.port(), "/socket.io/?EIO=4&transport=websocket")) {
            client.readText();
            return client.sendText(connect).readText();
        }
    }

    private interface Scene {
        void play(SocketIoServer io, HttpServer http);
    }

    private static void serve(Scene scene) {
        HttpServer http = HttpServer.builder().host("127.0.0.1").port(0).build();
        SocketIoServer io = SocketIoServer.attach(http);
        http.start();
        try (http) {
            scene.play(io, http);
        }
    }
}

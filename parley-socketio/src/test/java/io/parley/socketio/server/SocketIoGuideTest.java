package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.AckTimeoutException;
import io.parley.socketio.ConnectionRefused;
import io.parley.socketio.adapter.RoomListener;
import io.parley.testkit.Deadline;
import io.parley.testkit.GuideCode;
import io.parley.websocket.server.HttpServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the guides to the server and to draining show, running; and that they show just that. */
@SuppressWarnings("FutureReturnValueIgnored") // as the guide has it
class SocketIoGuideTest {

    private static final Path SOURCE = Path.of("src/test/java/io/parley/socketio/server/SocketIoGuideTest.java");

    private final int port = 0;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final TestServer server = new TestServer();
    private final SocketIoServer io = server.io;

    @ParameterizedTest
    @CsvSource({"socketio-server.md, 7", "draining.md, 1"})
    void givenTheGuide_whenItsCodeIsLookedFor_thenAllOfItIsHere(String guide, int blocks) {
        assertThat(GuideCode.provenBlocks(Path.of("../docs", guide), SOURCE)).hasSize(blocks);
    }

    @Test
    void givenTheFirstExample_whenAClientTalks_thenItIsAnswered() {
        HttpServer http = HttpServer.builder().port(port).build();
        SocketIoServer io = SocketIoServer.attach(http);
        io.onConnection(socket -> {
            socket.on("chat message", String.class, text -> io.emit("chat message", text));
            socket.on("sum", (args, ack) -> ack.send(args.integer(0) + args.integer(1)));
            socket.onDisconnect((reason, details) -> log.add(reason + ": " + details.description()));
        });
        http.start();

        try (http;
                RealClient client = RealClient.connected(http.port())) {
            client.send("2[\"chat message\",\"hi\"]");
            client.send("20[\"sum\",1,2]");

            assertThat(client.read()).isEqualTo("2[\"chat message\",\"hi\"]");
            assertThat(client.read()).isEqualTo("30[3]");
            client.send("1");
            Deadline.await("the end", () -> !log.isEmpty());
            assertThat(log).containsExactly("client namespace disconnect: DISCONNECT packet from the client");
        }
    }

    @Test
    void givenMiddleware_whenClientsCome_thenTheyAreAcceptedOrRefused() {
        io.use(socket -> {
            if (!"secret".equals(socket.handshake().auth().string("token"))) {
                throw new ConnectionRefused("unauthorized");
            }
        });
        io.onConnection(socket -> {
            socket.use(event -> {
                if (event.name().startsWith("admin:")) {
                    throw new IllegalArgumentException("not yours: " + event.name());
                }
            });
            socket.onError(error -> socket.emit("refused", error.getMessage()));
            socket.onAny((event, args) -> log.add(event));
        });

        assertThat(server.client().send("0").received()).containsExactly("4{\"message\":\"unauthorized\"}");
        TestClient client = server.client().send("0{\"token\":\"secret\"}").send("2[\"admin:x\"]");
        assertThat(client.received()).hasSize(2).last().isEqualTo("2[\"refused\",\"not yours: admin:x\"]");
        assertThat(log).containsExactly("admin:x");
    }

    @Test
    void givenRooms_whenBroadcasting_thenTheirMembersHear() {
        io.onConnection(socket -> {
            socket.join("lobby");
            socket.to("lobby").emit("joined", socket.id()); // all but this one
        });
        TestClient client = server.connected();

        io.to("lobby").except("quiet").emit("news", "hello");
        io.compress(false).emit("photo", new byte[] {1, 2, 3});
        io.asVolatile().emit("position", 1, 2); // dropped for who cannot take it at once
        io.in("lobby").socketsJoin("big-lobby");

        assertThat(client.received())
                .containsExactly(
                        "2[\"news\",\"hello\"]",
                        "51-[\"photo\",{\"_placeholder\":true,\"num\":0}]",
                        "0x010203",
                        "2[\"position\",1,2]");
        assertThat(server.last().rooms()).contains("lobby", "big-lobby");
    }

    @Test
    void givenABroadcast_whenOneAnswersAndOneDoesNot_thenTheAnswersSoFarAreThere() {
        server.connected();
        server.last().join("lobby");
        TestClient silent = server.connected();
        server.last().join("lobby");

        io.to("lobby").timeout(Duration.ofSeconds(2)).emitWithAck("ready?").whenComplete((replies, error) -> {
            if (error instanceof AckTimeoutException timeout) {
                log.add("so far: " + timeout.replies().size());
            } else {
                log.add("all: " + replies.size());
            }
        });
        silent.send("30[]");
        server.advance(Duration.ofSeconds(3));

        assertThat(log).containsExactly("so far: 1");
    }

    @Test
    void givenGates_whenClientsAskForNamespaces_thenTheyComeIntoBeing() {
        ParentNamespace tenants = io.of(Pattern.compile("^/tenant-\\d+$"));
        tenants.onConnection(socket -> socket.emit("welcome", socket.namespace().name()));
        io.of((name, auth) -> name.startsWith("/game/") && auth.string("token") != null);
        tenants.emit("maintenance at noon"); // to all its children

        assertThat(server.client().send("0/tenant-1,").received())
                .hasSize(2)
                .last()
                .isEqualTo("2/tenant-1,[\"welcome\",\"/tenant-1\"]");
        server.client().send("0/game/1,{\"token\":\"t\"}");
        assertThat(io.of("/game/1").sockets()).hasSize(1);
    }

    @Test
    void givenListeners_whenRoomsComeAndServersTalk_thenTheyHear() {
        io.sockets().onRooms(new RoomListener() {
            @Override
            public void onJoin(String room, String socketId) {
                log.add(room);
            }
        });
        io.onServerSide("reload", (args, ack) -> ack.send("done"));
        io.serverSideEmitWithAck("reload").thenAccept(answers -> log.add("other servers: " + answers.size()));

        server.connected();

        assertThat(log).containsExactly("other servers: 0", server.last().id());
    }

    @Test
    void givenNobody_whenDrained_thenTheReportIsThereAtOnce() throws ExecutionException, InterruptedException {
        DrainReport report = io.drain(DrainOptions.builder()
                        .event("moving") // tells clients, if they want to know
                        .notice(Duration.ofSeconds(5)) // for the balancer to see that the server is not ready any more
                        .spread(Duration.ofSeconds(30)) // over which clients are moved, evenly
                        .deadline(Duration.ofSeconds(60)) // when whoever is left is cut off
                        .build())
                .get();

        assertThat(report.clients()).isZero();
    }

    @Test
    void givenListen_whenClosed_thenThePortIsClosedWithIt() {
        SocketIoServer own = SocketIoServer.listen(port);
        HttpServer http = own.httpServer().orElseThrow();
        RealClient.connected(http.port()).close();
        int there = http.port();

        own.close();

        HttpServer next = HttpServer.builder().port(there).build().start();
        next.close();
        assertThat(io.httpServer()).isEmpty();
    }
}

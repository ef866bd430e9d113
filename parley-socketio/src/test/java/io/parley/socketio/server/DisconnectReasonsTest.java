package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.TransportType;
import io.parley.socketio.DisconnectReason;
import io.parley.socketio.packet.PacketException;
import io.parley.testkit.Deadline;
import io.parley.testkit.RawPeer;
import io.parley.testkit.RawWebSocket;
import io.parley.websocket.server.HttpServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every reason there is, over the network, with what the application is told beside it. */
class DisconnectReasonsTest {

    private static final String TARGET = "/socket.io/?EIO=4&transport=";

    private final CompletableFuture<Socket> connected = new CompletableFuture<>();
    private final CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
    private final CompletableFuture<DisconnectDetails> details = new CompletableFuture<>();

    private final HttpServer http =
            HttpServer.builder().closeTimeout(Duration.ofMillis(200)).build();
    private final SocketIoServer io = SocketIoServer.attach(http);

    private void start() {
        io.onConnection(socket -> {
            socket.onDisconnect((why, what) -> {
                reason.complete(why);
                details.complete(what);
            });
            connected.complete(socket);
        });
        http.start();
    }

    @AfterEach
    void stop() {
        http.close();
    }

    private RawWebSocket join() {
        start();
        RawWebSocket client = RawWebSocket.open(http.port(), TARGET + "websocket");
        assertThat(client.readText()).startsWith("0{");
        client.sendText("40");
        assertThat(client.readText()).startsWith("40{");
        Deadline.get(connected);
        return client;
    }

    private void expect(DisconnectReason expected, String description) {
        assertThat(Deadline.get(reason)).isEqualTo(expected);
        assertThat(Deadline.get(details)).isEqualTo(new DisconnectDetails(description, TransportType.WEBSOCKET, null));
    }

    @Test
    void givenAClient_whenItBreaksARuleOfTheTransport_thenTransportErrorWithTheRule() {
        try (RawWebSocket client = join()) {
            client.sendText("2");

            expect(DisconnectReason.TRANSPORT_ERROR, "invalid heartbeat direction");
        }
    }

    @Test
    void givenAClient_whenItClosesItsWebSocket_thenTransportCloseWithTheCode() {
        try (RawWebSocket client = join()) {
            client.sendClose(1000, "done");

            expect(DisconnectReason.TRANSPORT_CLOSE, "WebSocket closed with 1000: done");
        }
    }

    @Test
    void givenAClient_whenItSendsAClosePacket_thenTransportClose() {
        try (RawWebSocket client = join()) {
            client.sendText("1");

            expect(DisconnectReason.TRANSPORT_CLOSE, "the client closed its connection");
        }
    }

    @Test
    void givenAClient_whenItsPacketIsNone_thenParseErrorWithWhatWasWrong() {
        try (RawWebSocket client = join()) {
            client.sendText("9");

            assertThat(Deadline.get(reason)).isEqualTo(DisconnectReason.PARSE_ERROR);
            assertThat(Deadline.get(details).description()).startsWith("Packet type '9'");
        }
    }

    @Test
    void givenAClient_whenItsPongStaysAway_thenPingTimeoutWithTheTime() {
        TestServer server =
                new TestServer(options -> options.engine(engine -> engine.pingInterval(Duration.ofSeconds(25))));
        server.connected();
        server.last().onDisconnect((why, what) -> {
            reason.complete(why);
            details.complete(what);
        });

        server.advance(Duration.ofSeconds(25));
        server.advance(Duration.ofSeconds(21));

        expect(DisconnectReason.PING_TIMEOUT, "no pong within 20000 ms (pingTimeout)");
    }

    @Test
    void givenAnOldClient_whenItPingsNoMore_thenPingTimeoutWithTheTime() {
        TestServer server = new TestServer(
                options -> options.engine(engine -> engine.allowEIO3(true).pingInterval(Duration.ofSeconds(25))));
        server.oldClient();
        server.last().onDisconnect((why, what) -> {
            reason.complete(why);
            details.complete(what);
        });

        server.advance(Duration.ofSeconds(46));

        expect(DisconnectReason.PING_TIMEOUT, "no ping within 45000 ms (pingInterval, pingTimeout)");
    }

    @Test
    void givenAClient_whenItBreaksARuleOfTheProtocol_thenForcedCloseWithThePacket() {
        try (RawWebSocket client = join()) {
            client.sendText("42/other,[\"x\"]");

            assertThat(Deadline.get(reason)).isEqualTo(DisconnectReason.FORCED_CLOSE);
            assertThat(Deadline.get(details).description())
                    .isEqualTo("EVENT packet for /other, which the client has not joined");
            assertThat(details.join().cause()).isInstanceOf(PacketException.class);
        }
    }

    @Test
    void givenAClient_whenItsPacketCannotBeUnderstood_thenForcedCloseWithTheCause() {
        try (RawWebSocket client = join()) {
            client.sendText("42{}");

            assertThat(Deadline.get(reason)).isEqualTo(DisconnectReason.FORCED_CLOSE);
            Exception cause = Deadline.get(details).cause();
            assertThat(cause)
                    .isInstanceOf(PacketException.class)
                    .hasMessage(details.join().description());
        }
    }

    @Test
    void givenAPollingClientWithoutAPoll_whenItBreaksARule_thenForcedServerClose() {
        start();
        try (RawPeer client = RawPeer.connect(http.port())) {
            String target = TARGET + "polling";
            String open = client.send(get(target)).readResponse();
            String sid = open.replaceAll("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
            client.send(post(target + "&sid=" + sid, "40")).readResponse();
            Deadline.get(connected);
            client.send(get(target + "&sid=" + sid)).readResponse();

            client.send(post(target + "&sid=" + sid, "43/other,1[]")).readResponse();

            assertThat(Deadline.get(reason)).isEqualTo(DisconnectReason.FORCED_SERVER_CLOSE);
            assertThat(Deadline.get(details).transport()).isEqualTo(TransportType.POLLING);
        }
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    private static String post(String target, String body) {
        return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void givenAClient_whenItLeavesTheNamespace_thenClientNamespaceDisconnect() {
        try (RawWebSocket client = join()) {
            client.sendText("41");

            expect(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT, "DISCONNECT packet from the client");
        }
    }

    @Test
    void givenAClient_whenTheServerPutsItOut_thenServerNamespaceDisconnect() {
        try (RawWebSocket client = join()) {
            connected.join().disconnect();

            expect(DisconnectReason.SERVER_NAMESPACE_DISCONNECT, "the server called disconnect(false)");
            assertThat(client.readText()).isEqualTo("41");
            assertThat(connected.join().isDisconnected()).isTrue();
        }
    }

    @Test
    void givenAClient_whenTheServerCloses_thenServerShuttingDownAndNoPacket() {
        try (RawWebSocket client = join()) {
            http.close();

            expect(DisconnectReason.SERVER_SHUTTING_DOWN, "the server is closing");
            assertThat(client.read().opcode()).isEqualTo(RawWebSocket.CLOSE);
        }
    }
}

package io.parley.engineio.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.testkit.Deadline;
import io.parley.testkit.RawPeer;
import io.parley.testkit.RawWebSocket;
import io.parley.websocket.server.HttpServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The engine on real sockets, with peers that misbehave. */
class EngineServerTest {

    private static final String POLLING = "/engine.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/engine.io/?EIO=4&transport=websocket";

    private final EchoServer server =
            new EchoServer(EngineOptions.builder().maxHttpBufferSize(1_000).build());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void givenPolling_whenMessagesGoBothWays_thenTheAnswersAreTheOfficialOnes() {
        try (RawPeer polls = RawPeer.connect(server.port());
                RawPeer posts = RawPeer.connect(server.port())) {
            String sid = handshake(polls);

            String posted = post(posts, sid, "4hello\u001ebAQIDBA==");
            String polled = get(polls, POLLING + "&sid=" + sid);

            assertThat(posted)
                    .startsWith("HTTP/1.1 200 ")
                    .contains("text/html", "no-store")
                    .endsWith("\r\n\r\nok");
            assertThat(polled)
                    .startsWith("HTTP/1.1 200 ")
                    .contains("text/plain; charset=UTF-8", "no-store")
                    .endsWith("4hello\u001ebAQIDBA==");
        }
    }

    @Test
    void givenAWebSocket_whenItOpens_thenTheOpenPacketComesFirstAndMessagesAreEchoed() {
        try (RawWebSocket webSocket = RawWebSocket.open(server.port(), WEBSOCKET)) {
            assertThat(webSocket.readText()).startsWith("0{\"sid\":\"").contains("\"upgrades\":[]");

            webSocket.sendText("4hello");
            assertThat(webSocket.readText()).isEqualTo("4hello");
            webSocket.sendBinary(new byte[] {1, 2, 3});
            assertThat(webSocket.read().payload()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void givenAWebSocket_whenItAnswersItsPing_thenItIsPingedAgain() {
        EngineOptions fast =
                EngineOptions.builder().pingInterval(Duration.ofMillis(50)).build();
        try (EchoServer pinging = new EchoServer(fast);
                RawWebSocket webSocket = RawWebSocket.open(pinging.port(), WEBSOCKET)) {
            webSocket.readText();

            assertThat(webSocket.readText()).isEqualTo("2");
            webSocket.sendText("3");
            assertThat(webSocket.readText()).isEqualTo("2");
        }
    }

    @Test
    void givenManySessions_whenTheyUpgradeOnWhicheverLoop_thenNothingIsLostOrOutOfOrder() {
        for (int i = 0; i < 6; i++) {
            try (RawPeer polls = RawPeer.connect(server.port())) {
                String sid = handshake(polls);
                server.socket(sid).send(EncodedPacket.text("before"));
                try (RawWebSocket webSocket = RawWebSocket.open(server.port(), WEBSOCKET + "&sid=" + sid)) {
                    webSocket.sendText("2probe");
                    assertThat(webSocket.readText()).isEqualTo("3probe");
                    webSocket.sendText("5").sendText("4after");

                    assertThat(List.of(webSocket.readText(), webSocket.readText()))
                            .containsExactly("4before", "4after");
                    assertThat(get(polls, POLLING + "&sid=" + sid)).startsWith("HTTP/1.1 400 ");
                }
            }
        }
    }

    @Test
    void givenWebSocketsOfOtherLoopsThanTheirSessions_whenTheServerCutsThem_thenEverySessionHearsOfIt() {
        HttpServer.Builder impatient = HttpServer.builder().closeTimeout(Duration.ofMillis(50));
        List<RawPeer> pollers = new ArrayList<>();
        List<RawWebSocket> webSockets = new ArrayList<>();
        EchoServer closing = new EchoServer(EngineOptions.builder().build(), impatient);
        for (int i = 0; i < 6; i++) {
            RawPeer polls = RawPeer.connect(closing.port());
            pollers.add(polls);
            webSockets.add(RawWebSocket.open(closing.port(), WEBSOCKET + "&sid=" + handshake(polls))
                    .sendText("5"));
        }
        Deadline.await(
                "all are upgraded",
                () -> closing.sockets.values().stream()
                                .filter(socket -> socket.transport() == TransportType.WEBSOCKET)
                                .count()
                        == 6);

        closing.close();

        assertThat(closing.ends).hasSize(6);
        assertThat(closing.sockets).isEmpty();
        pollers.forEach(RawPeer::close);
        webSockets.forEach(RawWebSocket::close);
    }

    @Test
    void givenAnUpgradedSession_whenSentToFromAnotherThread_thenTheOrderHolds() {
        try (RawPeer polls = RawPeer.connect(server.port())) {
            String sid = handshake(polls);
            EngineSocket socket = server.socket(sid);
            try (RawWebSocket webSocket = RawWebSocket.open(server.port(), WEBSOCKET + "&sid=" + sid)) {
                webSocket.sendText("5");
                List<String> expected = new ArrayList<>();
                List<String> received = new ArrayList<>();
                for (int i = 0; i < 2_000; i++) {
                    socket.send(EncodedPacket.text("n" + i));
                    expected.add("4n" + i);
                }
                while (received.size() < expected.size()) {
                    received.add(webSocket.readText());
                }

                assertThat(received).isEqualTo(expected);
            }
        }
    }

    @Test
    void givenAPollThatWaits_whenItsConnectionIsLost_thenTheSessionEnds() throws InterruptedException {
        String sid;
        try (RawPeer polls = RawPeer.connect(server.port())) {
            sid = handshake(polls);
            polls.send("GET " + POLLING + "&sid=" + sid + " HTTP/1.1\r\nHost: a\r\n\r\n");
            Deadline.await("the poll waits", () -> server.socket(sid).isWritable());
        }

        assertThat(server.ends.poll(20, SECONDS)).isEqualTo("transport error: poll connection closed prematurely");
    }

    @Test
    void givenAPostUnderWay_whenItsConnectionIsLost_thenTheSessionEnds() throws InterruptedException {
        try (RawPeer polls = RawPeer.connect(server.port());
                RawPeer posts = RawPeer.connect(server.port())) {
            String sid = handshake(polls);
            posts.send("POST " + POLLING + "&sid=" + sid + " HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n4half");
            posts.reset();

            assertThat(server.ends.poll(20, SECONDS))
                    .isEqualTo("transport error: data request connection closed prematurely");
        }
    }

    @Test
    void givenABodyTooLarge_whenPosted_thenTheSessionSurvives() {
        try (RawPeer polls = RawPeer.connect(server.port());
                RawPeer posts = RawPeer.connect(server.port())) {
            String sid = handshake(polls);

            assertThat(post(posts, sid, "4" + "x".repeat(1_000))).startsWith("HTTP/1.1 413 ");
            try (RawPeer again = RawPeer.connect(server.port())) {
                assertThat(post(again, sid, "4a")).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void givenAMessageTooLong_whenSent_thenTheWebSocketIsClosedWith1009() throws InterruptedException {
        try (RawWebSocket webSocket = RawWebSocket.open(server.port(), WEBSOCKET)) {
            webSocket.readText();

            webSocket.sendText("4" + "x".repeat(1_000));

            assertThat(webSocket.read().closeCode()).isEqualTo(1009);
            assertThat(server.ends.poll(20, SECONDS)).startsWith("transport error: WebSocket closed with 1009");
        }
    }

    @Test
    void givenARefusedUpgrade_whenAnswered_thenNo101IsSent() {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(RawWebSocket.request(server.port(), "/engine.io/?EIO=3&transport=websocket"));

            assertThat(peer.readResponse())
                    .startsWith("HTTP/1.1 400 ")
                    .contains("text/html")
                    .endsWith("Unsupported protocol version");
        }
    }

    @Test
    void givenAPageOfAnotherOrigin_whenItConnects_thenItIsRefusedOverBothTransports() {
        try (RawPeer upgrade = RawPeer.connect(server.port());
                RawPeer polls = RawPeer.connect(server.port())) {
            upgrade.send(RawWebSocket.request(server.port(), WEBSOCKET, "Origin: http://evil.example"));
            polls.send("GET " + POLLING + " HTTP/1.1\r\nHost: a\r\nOrigin: http://evil.example\r\n\r\n");

            assertThat(upgrade.readResponse()).startsWith("HTTP/1.1 403 ").contains("CorsOptions.origins");
            assertThat(polls.readResponse()).startsWith("HTTP/1.1 403 ").contains("CorsOptions.origins");
        }
    }

    @Test
    void givenSessionsOfBothKinds_whenTheServerCloses_thenTheyAreTold() {
        try (RawPeer polls = RawPeer.connect(server.port());
                RawWebSocket webSocket = RawWebSocket.open(server.port(), WEBSOCKET)) {
            webSocket.readText();
            String sid = handshake(polls);
            polls.send("GET " + POLLING + "&sid=" + sid + " HTTP/1.1\r\nHost: a\r\n\r\n");
            Deadline.await("the poll waits", () -> server.socket(sid).isWritable());

            server.engine.close();

            assertThat(polls.readResponse()).endsWith("\r\n\r\n1");
            assertThat(webSocket.read().opcode()).isEqualTo(RawWebSocket.CLOSE);
            Deadline.await("no session is left", () -> server.engine.clientsCount() == 0);
        }
    }

    private static String handshake(RawPeer peer) {
        String opened = get(peer, POLLING);
        int start = opened.indexOf("\"sid\":\"") + 7;
        return opened.substring(start, opened.indexOf('"', start));
    }

    private static String get(RawPeer peer, String target) {
        return peer.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n").readResponse();
    }

    private static String post(RawPeer peer, String sid, String body) {
        return peer.send("POST " + POLLING + "&sid=" + sid + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body)
                .readResponse();
    }
}

package io.parley.websocket.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import io.parley.testkit.RawPeer;
import io.parley.testkit.RawWebSocket;
import io.parley.websocket.ConnectionFigures;
import io.parley.websocket.DeflateOptions;
import io.parley.websocket.PreparedMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an endpoint decides by its options: who may connect, what is spoken, what is compressed. */
class EndpointPolicyTest {

    private static final String LONG = "to be compressed, to be compressed, to be compressed ".repeat(30);

    private final HttpServer server = HttpServer.builder().eventLoops(1).build();
    private final Set<ServerWebSocket> sockets = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String answerTo(String target, String... headers) {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            return peer.send(RawWebSocket.request(server.port(), target, headers))
                    .readUntil("\r\n\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://listed.example, 101",
        "https://a.tenant.example, 101",
        "https://A.TENANT.example, 101",
        "https://tenant.example.evil, 403",
        "null, 403"
    })
    void givenAnOriginPolicy_whenAPageConnects_thenThePolicyDecidesWhatIsNotListed(String origin, int status) {
        server.webSocket(
                "/policy",
                WebSocketOptions.builder()
                        .allowedOrigins("https://listed.example")
                        .originPolicy((page, request) -> page.endsWith(".tenant.example")
                                && request.path().equals("/policy"))
                        .build(),
                socket -> {});

        assertThat(answerTo("/policy", "Origin: " + origin)).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    v1, v2; v2; 101
                    v1;     '' ; 101
                    bad;    '' ; 500
                    '';     '' ; 101
                    v1, v1; '' ; 400
                    """)
    void givenAChoiceOfSubprotocol_whenAClientConnects_thenItGetsTheChosen(String offered, String agreed, int status) {
        server.webSocket(
                "/choice",
                WebSocketOptions.builder()
                        .subprotocol((protocols, request) -> choose(protocols))
                        .build(),
                socket -> {});

        String answer =
                offered.isEmpty() ? answerTo("/choice") : answerTo("/choice", "Sec-WebSocket-Protocol: " + offered);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer.contains("Sec-WebSocket-Protocol: " + agreed + "\r\n"))
                .isEqualTo(!agreed.isEmpty());
    }

    private static String choose(List<String> offered) {
        if (offered.contains("bad")) {
            return "not offered";
        }
        return offered.contains("v2") ? "v2" : "";
    }

    @Test
    void givenDeflate_whenItIsAgreedOn_thenTheSocketSaysSoAndASingleMessageMayOptOut() {
        server.webSocket(
                "/deflate",
                WebSocketOptions.builder().deflate(DeflateOptions.defaults()).build(),
                socket -> {
                    socket.send(socket.extensions());
                    socket.send(LONG);
                    socket.send(LONG, false);
                    socket.send(ByteBuffer.wrap(LONG.getBytes(UTF_8)), false);
                    socket.send(PreparedMessage.text(LONG), false);
                });
        try (RawWebSocket client =
                RawWebSocket.open(server.port(), "/deflate", "Sec-WebSocket-Extensions: permessage-deflate")) {
            assertThat(client.response()).contains("Sec-WebSocket-Extensions: permessage-deflate\r\n");
            assertThat(client.readText()).isEqualTo("permessage-deflate");
            assertThat(client.read().header()).isEqualTo(0xc1); // RSV1: compressed
            assertThat(client.readText()).isEqualTo(LONG);
            assertThat(client.read().header()).isEqualTo(0x82);
            assertThat(client.readText()).isEqualTo(LONG);
        }
    }

    @Test
    void givenABrokenOfferOfExtensions_whenAClientConnects_thenItIsRefused() {
        server.webSocket(
                "/deflate",
                WebSocketOptions.builder().deflate(DeflateOptions.defaults()).build(),
                socket -> {});

        assertThat(answerTo("/deflate", "Sec-WebSocket-Extensions: permessage-deflate; ="))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void givenASocket_whenMessagesWentOverIt_thenItsFiguresCountThem() {
        server.webSocket("/figures", socket -> {
            sockets.add(socket);
            socket.onText(socket::send);
        });
        try (RawWebSocket client = RawWebSocket.open(server.port(), "/figures")) {
            for (String text : List.of("hello", "again")) {
                client.sendText(text);
                assertThat(client.readText()).isEqualTo(text);
            }

            ServerWebSocket socket = sockets.iterator().next();
            Deadline.await("counted", () -> socket.figures().bytesQueued() == 0);
            ConnectionFigures figures = socket.figures();
            assertThat(figures.framesReceived()).isEqualTo(2);
            assertThat(figures.bytesReceived()).isEqualTo(22);
            assertThat(figures.framesSent()).isEqualTo(2);
            assertThat(server.figures().webSocketsOpen()).isEqualTo(1);
        }
        Deadline.await("closed", () -> server.figures().webSocketsOpen() == 0);
        assertThat(server.figures().webSocketsOpened()).isEqualTo(1);
    }

    @Test
    void givenAClientThatNeverAnswersPings_whenItsTimeIsUp_thenItIsCut() {
        server.webSocket(
                "/watched",
                WebSocketOptions.builder()
                        .pingInterval(Duration.ofMillis(20))
                        .pongTimeout(Duration.ofMillis(100))
                        .build(),
                socket -> {});
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(RawWebSocket.request(server.port(), "/watched"));

            assertThat(peer.readToEnd()).startsWith("HTTP/1.1 101 ").contains("\r\n\r\n\u0089");
        }
    }

    @Test
    void givenAClientThatReadsTooSlowly_whenItIsCut_thenTheServerCountsIt() {
        server.webSocket(
                "/slow",
                WebSocketOptions.builder().maxBufferedBytes(100_000).build(),
                socket -> socket.onText(text -> {
                    byte[] block = new byte[50_000];
                    while (socket.isOpen()) {
                        socket.send(block);
                    }
                }));
        try (RawWebSocket client = RawWebSocket.open(server.port(), "/slow")) {
            client.sendText("go");

            Deadline.await("cut", () -> server.figures().slowReadersCut() == 1);
            assertThat(server.figures().webSocketsOpen()).isZero();
        }
    }

    @Test
    void givenManySockets_whenAMessageIsBroadcast_thenItIsPreparedOnce() {
        server.webSocket("/room", socket -> {
            sockets.add(socket);
            socket.onClose((code, reason) -> sockets.remove(socket));
            socket.onText(text -> {
                PreparedMessage message = PreparedMessage.text(text);
                sockets.forEach(member -> member.send(message));
            });
            socket.send("welcome");
        });
        try (RawWebSocket one = RawWebSocket.open(server.port(), "/room");
                RawWebSocket other = RawWebSocket.open(server.port(), "/room")) {
            assertThat(one.readText()).isEqualTo("welcome");
            assertThat(other.readText()).isEqualTo("welcome");

            one.sendText("to all");

            assertThat(one.readText()).isEqualTo("to all");
            assertThat(other.readText()).isEqualTo("to all");
        }
    }
}

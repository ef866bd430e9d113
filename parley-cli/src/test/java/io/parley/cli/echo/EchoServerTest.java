package io.parley.cli.echo;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.RawPeer;
import io.parley.testkit.RawWebSocket;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.server.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EchoServerTest {

    private static final int MAX_MESSAGE_BYTES = 100_000;

    private HttpServer server;

    @BeforeEach
    void start() {
        ConnectionOptions limits =
                ConnectionOptions.builder().maxMessageBytes(MAX_MESSAGE_BYTES).build();
        server = EchoServer.of(HttpServer.builder().eventLoops(1), limits).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/echo", "/any/path?and=query", "/index.html"})
    void givenAnyPath_whenTextAndBytesAreSent_thenTheyComeBack(String target) {
        try (RawWebSocket client = RawWebSocket.open(server.port(), target)) {
            client.sendText("hello").sendBinary(new byte[] {1, 2});

            assertThat(client.readText()).isEqualTo("hello");
            assertThat(client.read()).isEqualTo(new RawWebSocket.Frame(0x82, new byte[] {1, 2}));
        }
    }

    @Test
    void givenAMessageInFragments_whenSent_thenItComesBackInOne() {
        try (RawWebSocket client = RawWebSocket.open(server.port(), "/")) {
            client.send(RawWebSocket.TEXT, new byte[] {'a'});
            client.send(RawWebSocket.CONTINUATION, new byte[] {'b'});
            client.send(0x80 | RawWebSocket.CONTINUATION, new byte[] {'c'});

            assertThat(client.readText()).isEqualTo("abc");
        }
    }

    @Test
    void givenAClientThatDoesNotRead_whenItSendsALot_thenItIsNotReadFromAndNothingIsLost() {
        try (RawWebSocket client = RawWebSocket.open(server.port(), "/")) {
            int messages = 300;
            byte[] message = new byte[MAX_MESSAGE_BYTES];
            Thread sender = new Thread(() -> {
                for (int i = 0; i < messages; i++) {
                    client.sendBinary(message);
                }
            });
            sender.setDaemon(true);
            sender.start();

            for (int i = 0; i < messages; i++) {
                assertThat(client.read().payload()).hasSize(MAX_MESSAGE_BYTES);
            }
        }
    }

    @Test
    void givenAMessageAboveTheLimit_whenSent_thenItIsClosedWith1009() {
        try (RawWebSocket client = RawWebSocket.open(server.port(), "/")) {
            client.sendBinary(new byte[MAX_MESSAGE_BYTES + 1]);

            assertThat(client.read().closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void givenAQueryThatCloses_whenOpened_thenItIsClosedAsItSays() {
        try (RawWebSocket client = RawWebSocket.open(server.port(), "/?close=4001&reason=told%20to")) {
            RawWebSocket.Frame close = client.read();

            assertThat(close.closeCode()).isEqualTo(4001);
            assertThat(close.closeReason()).isEqualTo("told to");
        }
    }

    @ParameterizedTest
    @CsvSource({"999", "1005", "2000", "5000", "soon", "10000"})
    void givenAQueryWithAWrongCode_whenOpened_thenTheHandshakeIsRefused(String code) {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(RawWebSocket.request(server.port(), "/?close=" + code));

            assertThat(peer.readUntil("0 to 4999)\n"))
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .endsWith("close=" + code + " (expected: 1000 to 1014 but not 1004 to 1006, or 3000 to 4999)\n");
        }
    }

    @Test
    void givenAPageOfAnotherOrigin_whenItConnects_thenItMayAndItsFirstProtocolIsTaken() {
        try (RawWebSocket client = RawWebSocket.open(
                server.port(), "/", "Origin: https://page.example", "Sec-WebSocket-Protocol: v2, v1")) {
            assertThat(client.response()).contains("Sec-WebSocket-Protocol: v2\r\n");
        }
    }
}

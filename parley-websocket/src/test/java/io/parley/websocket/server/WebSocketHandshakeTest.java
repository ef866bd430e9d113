package io.parley.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.RawPeer;
import io.parley.testkit.RawWebSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The opening handshake, right and wrong (RFC 6455 section 4). */
class WebSocketHandshakeTest {

    private final HttpServer server = HttpServer.builder().eventLoops(1).build();

    @BeforeEach
    void start() {
        server.webSocket("/echo", socket -> socket.onText(socket::send));
        server.webSocket(
                "/chat",
                WebSocketOptions.builder()
                        .subprotocols("chat.v2", "chat.v1")
                        .allowedOrigins("https://app.example")
                        .build(),
                socket -> socket.send(socket.subprotocol()));
        server.webSocket("/open", WebSocketOptions.builder().allowedOrigins("*").build(), socket -> {});
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void givenACorrectHandshake_whenAnswered_thenItIsExactlyTheAnswerOfRfc6455() {
        try (RawWebSocket client = RawWebSocket.open(server.port(), "/echo")) {
            assertThat(client.response().lines())
                    .containsExactly(
                            "HTTP/1.1 101 Switching Protocols",
                            "Upgrade: websocket",
                            "Connection: Upgrade",
                            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                            "");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
                    POST; GET /; POST /; 405; method POST (expected: GET)
                    no Upgrade; Upgrade: websocket; X: y; 426; no Upgrade (expected: websocket)
                    another Upgrade; Upgrade: websocket; Upgrade: h2c; 426; Upgrade: h2c (expected: websocket)
                    an old version; Version: 13; Version: 8; 426; Sec-WebSocket-Version: 8 (expected: 13)
                    no version; Sec-WebSocket-Version: 13; X: y; 426; no Sec-WebSocket-Version (expected: 13)
                    HTTP/1.0; HTTP/1.1; HTTP/1.0; 400; HTTP/1.0 (expected: HTTP/1.1)
                    no Connection; Connection: Upgrade; Connection: keep-alive; 400; Connection: keep-alive (expected: Upgrade)
                    no key; Sec-WebSocket-Key:; X:; 400; no Sec-WebSocket-Key (expected: 16 bytes in base64)
                    a short key; dGhlIHNhbXBsZSBub25jZQ==; dGhlIHNhbXBsZQ==; 400; Sec-WebSocket-Key: dGhlIHNhbXBsZQ== (expected: 16 bytes in base64)
                    a key of 24 other characters; dGhlIHNhbXBsZSBub25jZQ==; dGhlIHNhbXBsZSBub25jZ!!!; 400; Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZ!!! (expected: 16 bytes in base64)
                    a subprotocol twice; Version: 13; Version: 13\\r\\nSec-WebSocket-Protocol: a, a; 400; Sec-WebSocket-Protocol: a, a (expected: different tokens with commas between them)
                    an empty subprotocol; Version: 13; Version: 13\\r\\nSec-WebSocket-Protocol: a,; 400; Sec-WebSocket-Protocol: a, (expected: different tokens with commas between them)
                    """)
    void givenAWrongHandshake_whenAnswered_thenTheAnswerSaysWhatIsWrong(
            String name, String part, String replacement, int status, String text) {
        // Mounted, so that a method or version that the router would answer itself gets here too.
        server.mount(
                "/mounted",
                exchange -> exchange.upgrade(
                        WebSocketOptions.defaults().upgrade(), new io.parley.websocket.WebSocketListener() {}));
        String request =
                RawWebSocket.request(server.port(), "/mounted").replace(part, replacement.replace("\\r\\n", "\r\n"));

        try (RawPeer peer = RawPeer.connect(server.port())) {
            String response = peer.send(request).readResponse();

            assertThat(response).startsWith("HTTP/1.1 " + status + " ").endsWith("WebSocket handshake: " + text + "\n");
        }
    }

    @Test
    void givenAnotherVersion_whenRefused_thenTheAnswerNamesTheOneSpoken() {
        String request = RawWebSocket.request(server.port(), "/echo").replace("Version: 13", "Version: 99");
        try (RawPeer peer = RawPeer.connect(server.port())) {
            assertThat(peer.send(request).readResponse()).contains("\r\nSec-WebSocket-Version: 13\r\n");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
                    the server prefers;  chat.v1, chat.v2; chat.v2
                    one in common;       chat.v3, chat.v1; chat.v1
                    none in common;      chat.v3; ''
                    """)
    void givenSubprotocols_whenNegotiated_thenTheServersPreferenceDecides(String name, String offered, String agreed) {
        try (RawWebSocket client = RawWebSocket.open(server.port(), "/chat", "Sec-WebSocket-Protocol: " + offered)) {
            assertThat(client.response().contains("Sec-WebSocket-Protocol: " + agreed + "\r\n"))
                    .isEqualTo(!agreed.isEmpty());
            assertThat(client.readText()).isEqualTo(agreed);
        }
    }

    @Test
    void givenWhatTheHandlerSendsFirst_whenItIsSent_thenItFollowsTheAnswer() {
        try (RawWebSocket client = RawWebSocket.open(server.port(), "/chat", "Sec-WebSocket-Protocol: chat.v1")) {
            assertThat(client.readText()).isEqualTo("chat.v1");
        }
    }

    @ParameterizedTest(name = "{0} from {1}")
    @CsvSource({
        "/echo, http://127.0.0.1:PORT",
        "/echo, https://127.0.0.1:PORT",
        "/chat, https://app.example",
        "/open, https://anywhere.example",
        "/open, null"
    })
    void givenAnAllowedOrigin_whenAPageConnects_thenItMay(String path, String origin) {
        String field = "Origin: " + origin.replace("PORT", String.valueOf(server.port()));
        try (RawWebSocket client = RawWebSocket.open(server.port(), path, field)) {
            assertThat(client.response()).startsWith("HTTP/1.1 101 ");
        }
    }

    @ParameterizedTest(name = "{0} from {1}")
    @CsvSource({
        "/echo, http://127.0.0.1:1",
        "/echo, https://evil.example",
        "/echo, null",
        "/chat, http://app.example",
        "/chat, https://app.example.evil.example"
    })
    void givenAnotherOrigin_whenAPageConnects_thenItIsRefused(String path, String origin) {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            String response = peer.send(RawWebSocket.request(server.port(), path, "Origin: " + origin))
                    .readResponse();

            assertThat(response)
                    .startsWith("HTTP/1.1 403 ")
                    .endsWith("Origin " + origin
                            + " (expected: this server's own, or one in the endpoint's allowedOrigins)\n");
        }
    }

    @Test
    void givenWhatIsNoOrigin_whenAllowed_thenThrows() {
        assertThatThrownBy(() -> WebSocketOptions.builder().allowedOrigins("app.example/chat"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("allowedOrigins: app.example/chat (expected: scheme, host and port without a path,"
                        + " such as https://app.example, or *)");
    }

    @Test
    void givenWhatIsNoToken_whenSetAsSubprotocol_thenThrows() {
        assertThatThrownBy(() -> WebSocketOptions.builder().subprotocols("chat v1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("subprotocols: chat v1 (expected: a token, such as chat.v1)");
    }
}

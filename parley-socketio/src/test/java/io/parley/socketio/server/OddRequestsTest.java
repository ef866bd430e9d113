package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.RawPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that no Socket.IO client makes, which the official server answers in another way. */
class OddRequestsTest {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = fields(
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    private static final String H2C =
            fields("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk");

    private final SocketIoServer io = SocketIoServer.listen(0);

    @AfterEach
    void stop() {
        io.close();
    }

    private static String fields(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    private String get(String target, String fields) {
        try (RawPeer peer = RawPeer.connect(io.httpServer().orElseThrow().port())) {
            return peer.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n")
                    .readResponse();
        }
    }

    @Test
    void givenAnotherPath_whenRequested_thenTheAnswerSaysThatNothingIsThere() {
        assertThat(get("/other", ""))
                .startsWith("HTTP/1.1 404 Not Found\r\n")
                .endsWith("\r\n\r\nNothing is served at this path\n");
    }

    @Test
    void givenANumberSign_whenItStandsInATarget_thenItIsACharacterLikeAnyOther() {
        assertThat(get(POLLING + "#x", ""))
                .startsWith("HTTP/1.1 400 Bad Request\r\n")
                .endsWith("{\"code\":0,\"message\":\"Transport unknown\"}");
        assertThat(get("/socket.io/#x?EIO=4&transport=polling", "")).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void givenAFileOfTheClient_whenAnUpgradeIsWantedWithIt_thenTheFileIsTheAnswer() {
        assertThat(get("/socket.io/socket.io.min.js", WEBSOCKET)).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void givenAnUpgradeToAnotherProtocol_whenRequested_thenTheRequestIsAnsweredWithoutIt() {
        assertThat(get(POLLING, H2C)).startsWith("HTTP/1.1 200 OK\r\n").contains("\r\n\r\n0{\"sid\":");
        assertThat(get("/socket.io/?EIO=4&transport=websocket", H2C))
                .endsWith("{\"code\":3,\"message\":\"Bad request\"}");
    }
}

package io.parley.websocket.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.Deadline;
import io.parley.websocket.CloseCode;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** The opening handshake, with servers that do it right and wrong. */
class HandshakeTest {

    private final Recorder recorder = new Recorder();

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/websocket-answers.csv")
    void givenABadAnswer_whenConnecting_thenErrorSaysWhichCheckFailedAndCloseFollows(
            String name, String protocols, String answer, String message) {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.readHead();
            peer.sendHead(answer);
            peer.readToEnd();
        })) {
            WebSocketBuilder builder = WebSocket.builder(server.url()).deflate(null);

            recorder.runToEnd(protocols == null ? builder : builder.protocols(protocols.split(" ", -1)));

            assertThat(recorder.events()).containsExactly("error", "close 1006 '' unclean");
            assertThat(recorder.cause()).hasMessage(message.replace("{server}", "127.0.0.1:" + server.port()));
        }
    }

    @Test
    void givenAWrongProof_whenConnecting_thenErrorNamesTheRightOne() {
        AtomicReference<String> right = new AtomicReference<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.readHead();
            right.set(peer.accept());
            peer.sendHead("HTTP/1.1 101 OK|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: nonsense");
            peer.readToEnd();
        })) {
            recorder.runToEnd(WebSocket.builder(server.url()));

            assertThat(recorder.events()).containsExactly("error", "close 1006 '' unclean");
            assertThat(recorder.cause())
                    .hasMessage("Handshake: Sec-WebSocket-Accept: nonsense (expected: " + right.get() + ")");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "x-other | Extension 'x-other' in the answer (expected: permessage-deflate, nothing else was offered)",
                "permessage-deflate, permessage-deflate | permessage-deflate 2 times in the answer (expected: once)"
            })
    void givenAnExtensionThatWasNotOffered_whenConnecting_thenItFails(String extensions, String message) {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.readHead();
            peer.sendHead("HTTP/1.1 101 OK|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: {accept}"
                    + "|Sec-WebSocket-Extensions: " + extensions);
            peer.readToEnd();
        })) {
            recorder.runToEnd(WebSocket.builder(server.url()));

            assertThat(server.requests().get(0))
                    .contains("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n");
            assertThat(recorder.events()).containsExactly("error", "close 1006 '' unclean");
            assertThat(recorder.cause()).hasMessage("Handshake: " + message);
        }
    }

    @Test
    void givenARefusal_whenConnecting_thenTheCauseHasStatusAndHeaders() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.readHead();
            peer.sendHead("HTTP/1.1 403 Forbidden|X-Why: not you");
            peer.readToEnd();
        })) {
            recorder.runToEnd(WebSocket.builder(server.url()));

            assertThat(recorder.cause()).isInstanceOfSatisfying(HandshakeException.class, refused -> {
                assertThat(refused.status()).isEqualTo(403);
                assertThat(refused.headers().first("X-Why")).contains("not you");
                assertThat(refused.closeCode()).isEqualTo(CloseCode.ABNORMAL);
            });
        }
    }

    @Test
    void givenAGoodAnswerInOddLetters_whenConnecting_thenItOpens() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.readHead();
            peer.sendHead("HTTP/1.1 100 Continue")
                    .sendHead("HTTP/1.1 101|UPGRADE: WebSocket|connection: keep-alive, uPGRADE"
                            + "|sec-websocket-accept: {accept}|Sec-WebSocket-Protocol: b")
                    .close();
        })) {
            WebSocket socket = recorder.listen(WebSocket.builder(server.url()).protocols("a", "b"))
                    .connect();

            Deadline.get(socket.closed());

            assertThat(recorder.events()).containsExactly("open", "close 1005 '' clean");
            assertThat(socket.protocol()).isEqualTo("b");
            assertThat(socket.extensions()).isEmpty();
        }
    }

    @Test
    void givenARequest_whenSent_thenItIsWhatTheStandardSays() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.shakeHands();
            peer.close();
        })) {
            recorder.runToEnd(WebSocket.builder(server.url() + "a b?c=ü")
                    .deflate(null)
                    .header("Origin", "https://app.example")
                    .header("X-Twice", "1")
                    .header("X-Twice", "2"));

            assertThat(server.requests().get(0).replaceAll("Key: [A-Za-z0-9+/]{22}==", "Key: (key)"))
                    .isEqualTo(String.join(
                            "\r\n",
                            "GET /a%20b?c=%C3%BC HTTP/1.1",
                            "Host: 127.0.0.1:" + server.port(),
                            "Upgrade: websocket",
                            "Connection: Upgrade",
                            "Sec-WebSocket-Key: (key)",
                            "Sec-WebSocket-Version: 13",
                            "Origin: https://app.example",
                            "X-Twice: 1",
                            "X-Twice: 2",
                            "",
                            ""));
        }
    }

    @Test
    void givenAnAnswerByteByByte_whenConnecting_thenItOpens() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.readHead();
            String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + peer.accept() + "\r\n\r\n";
            for (byte b : answer.getBytes(UTF_8)) {
                peer.send(new byte[] {b});
            }
            peer.sendText("Hello").close();
        })) {
            recorder.runToEnd(WebSocket.builder(server.url()));

            assertThat(recorder.events()).containsExactly("open", "Hello", "close 1005 '' clean");
        }
    }

    @Test
    void givenFramesBehindTheAnswer_whenConnecting_thenNoneIsLost() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.readHead();
            String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + peer.accept()
                    + "\r\n\r\n\u0081\u0001x\u0081\u0001y\u0088\u0002\u0003\u00e8";
            peer.send(answer.getBytes(ISO_8859_1)).finish();
        })) {
            recorder.runToEnd(WebSocket.builder(server.url()));

            assertThat(recorder.events()).containsExactly("open", "x", "y", "close 1000 '' clean");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"before it, ''", "inside of it, 'HTTP/1.1 101 Sw'", "behind the status, 'HTTP/1.1 101 OK\r\nUpgr'"})
    void givenAServerThatHangsUp_whenConnecting_thenItFails(String name, String part) {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.readHead();
            peer.send(part.getBytes(UTF_8)).hangUp();
        })) {
            recorder.runToEnd(WebSocket.builder(server.url()));

            assertThat(recorder.events()).containsExactly("error", "close 1006 '' unclean");
            assertThat(recorder.cause())
                    .hasMessage("Handshake with 127.0.0.1:" + server.port() + ": closed before it was complete");
        }
    }

    @Test
    void givenNobodyListening_whenConnecting_thenItFails() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }

        recorder.runToEnd(WebSocket.builder("ws://127.0.0.1:" + port));

        assertThat(recorder.events()).containsExactly("error", "close 1006 '' unclean");
        assertThat(recorder.cause()).hasMessageStartingWith("Connect to 127.0.0.1:" + port + ": ");
    }

    @Test
    void givenAnUnknownHost_whenConnecting_thenItFails() {
        recorder.runToEnd(WebSocket.builder("ws://no-such-host.invalid/"));

        assertThat(recorder.events()).containsExactly("error", "close 1006 '' unclean");
        assertThat(recorder.cause()).hasMessage("no-such-host.invalid:80: Host no-such-host.invalid is not known");
    }

    @Test
    void givenASilentServer_whenTheTimeIsUp_thenItFailsAndTheConnectionIsClosed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.readHead();
            peer.readToEnd();
            closed.countDown();
        })) {
            recorder.runToEnd(WebSocket.builder(server.url()).connectTimeout(Duration.ofSeconds(1)));

            assertThat(recorder.events()).containsExactly("error", "close 1006 '' unclean");
            assertThat(recorder.cause().getMessage()).startsWith("Connecting took longer than 1000 ms");
            assertThat(closed.await(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void givenAnEndlessAnswer_whenConnecting_thenItFailsAtTheLimit() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.readHead();
            peer.trySend(("HTTP/1.1 101 OK\r\nX: " + "x".repeat(5000)).getBytes(UTF_8));
            peer.readToEnd();
        })) {
            recorder.runToEnd(WebSocket.builder(server.url()).maxHeaderBytes(4000));

            assertThat(recorder.cause())
                    .hasMessage("Handshake with 127.0.0.1:" + server.port() + ": Header fields larger than 4000 bytes");
        }
    }

    @Test
    void givenAWrongProtocolOrHeader_whenBuilt_thenItFailsAtTheCall() {
        WebSocketBuilder builder = WebSocket.builder("ws://chat.example");

        assertThatThrownBy(() -> builder.protocols("a", "b", "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("protocols: 'a' twice (expected: each once)");
        assertThatThrownBy(() -> builder.protocols("a b"))
                .hasMessage("protocols: 'a b' (expected: a token, such as chat.v1)");
        assertThatThrownBy(() -> builder.protocols(""))
                .hasMessage("protocols: '' (expected: a token, such as chat.v1)");
        assertThatThrownBy(() -> builder.header("Sec-WebSocket-Key", "x"))
                .hasMessage("Header field Sec-WebSocket-Key (expected: none, the handshake adds it)");
        assertThatThrownBy(() -> builder.header("host", "x"))
                .hasMessage("Header field host (expected: none, the handshake adds it)");
        assertThatThrownBy(() -> builder.header("X y", "x")).hasMessage("Header field name 'X y' (expected: a token)");
        assertThatThrownBy(() -> builder.header("X", "a\r\nb"))
                .hasMessage("Header field X: 'a??b' (expected: one line of Latin-1 without control characters)");
        assertThatThrownBy(() -> builder.connectTimeout(Duration.ZERO))
                .hasMessage("connectTimeout: PT0S (expected: 1 ms or more)");
        assertThatThrownBy(() -> builder.maxRedirects(-1)).hasMessage("maxRedirects: -1 (expected: 0 or more)");
        assertThatThrownBy(() -> builder.maxHeaderBytes(0)).hasMessage("maxHeaderBytes: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> builder.maxUnhandledBytes(0)).hasMessage("maxUnhandledBytes: 0 (expected: 1 or more)");
    }
}

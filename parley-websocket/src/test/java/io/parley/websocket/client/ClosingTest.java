package io.parley.websocket.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.Deadline;
import io.parley.testkit.FaultProxy;
import io.parley.websocket.CloseCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a socket ends, in every state and by either side (WHATWG WebSockets section 3.1, RFC 6455 section 7). */
class ClosingTest {

    private final Recorder recorder = new Recorder();

    @Test
    void givenAnOpenSocket_whenClosedWithCodeAndReason_thenTheServerSeesThemAndAnswers() {
        CompletableFuture<ScriptedServer.Frame> seen = new CompletableFuture<>();
        List<Integer> states = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.shakeHands();
            seen.complete(peer.readClose());
            peer.sendHex("8805 0bb8 627965").hangUp();
        })) {
            WebSocketBuilder builder = WebSocket.builder(server.url()).onOpen(open -> {
                states.add(open.socket().readyState());
                open.socket().close(3001, "tschüs");
                states.add(open.socket().readyState());
            });
            WebSocket socket = recorder.listen(builder)
                    .onClose(close -> states.add(close.socket().readyState()))
                    .connect();
            states.add(0, socket.readyState());

            Deadline.get(socket.closed());

            assertThat(recorder.events()).containsExactly("open", "close 3000 'bye' clean");
            assertThat(states).endsWith(WebSocket.OPEN, WebSocket.CLOSING, WebSocket.CLOSED);
            assertThat(Deadline.get(seen).closeCode()).isEqualTo(3001);
            assertThat(Deadline.get(seen).closeReason()).isEqualTo("tschüs");
        }
    }

    @Test
    void givenAnOpenSocket_whenClosedWithoutACode_thenTheServerSeesNone() {
        CompletableFuture<ScriptedServer.Frame> seen = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.shakeHands();
            seen.complete(peer.readClose());
            peer.sendHex("8800").hangUp();
        })) {
            recorder.runToEnd(
                    WebSocket.builder(server.url()).onOpen(open -> open.socket().close()));

            assertThat(recorder.events()).containsExactly("open", "close 1005 '' clean");
            assertThat(Deadline.get(seen).payload()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "8802 03e8, close 1000 '' clean",
        "8802 03e9, close 1001 '' clean",
        "8802 03f2, close 1010 '' clean",
        "8804 03f3 6f6f, close 1011 'oo' clean",
        "8802 1387, close 4999 '' clean",
        "8800, close 1005 '' clean"
    })
    void givenACloseFrame_whenItComes_thenItIsAnsweredAndTold(String frame, String event) {
        CompletableFuture<ScriptedServer.Frame> answer = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.shakeHands().sendHex(frame);
            answer.complete(peer.readClose());
            peer.hangUp();
        })) {
            recorder.runToEnd(WebSocket.builder(server.url()));

            assertThat(recorder.events()).containsExactly("open", event);
            assertThat(event).startsWith("close " + Deadline.get(answer).closeCode());
        }
    }

    @Test
    void givenASocketThatConnects_whenClosed_thenItGivesUp() {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Integer> end = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.readHead();
            asked.countDown();
            end.complete(peer.read());
        })) {
            WebSocket socket = recorder.listen(WebSocket.builder(server.url())).connect();
            Deadline.await("asked", () -> asked.getCount() == 0);
            int before = socket.readyState();
            socket.close(1000, "never mind");

            assertThat(before).isEqualTo(WebSocket.CONNECTING);
            assertThat(socket.readyState()).isGreaterThanOrEqualTo(WebSocket.CLOSING);
            Deadline.get(socket.closed());
            assertThat(recorder.events()).containsExactly("error", "close 1006 '' unclean");
            assertThat(recorder.cause()).hasMessage("Closed before the connection was established");
            assertThat(Deadline.get(end)).isEqualTo(-1);
            assertThat(Deadline.failureOf(socket.opened())).cause().isSameAs(recorder.cause());
        }
    }

    @Test
    void givenASocketThatJustBegan_whenClosed_thenItGivesUp() {
        try (ScriptedServer server =
                ScriptedServer.start(peer -> peer.shakeHands().finish())) {
            WebSocket socket = recorder.listen(WebSocket.builder(server.url())).connect();
            socket.close();

            Deadline.get(socket.closed());

            assertThat(recorder.events()).containsExactly("error", "close 1006 '' unclean");
        }
    }

    @Test
    void givenAClosedSocket_whenClosedAgain_thenNothingHappens() {
        try (ScriptedServer server =
                ScriptedServer.start(peer -> peer.shakeHands().close())) {
            WebSocket socket = recorder.listen(WebSocket.builder(server.url())).connect();
            Deadline.get(socket.closed());

            socket.close(1000, "again");

            assertThat(socket.readyState()).isEqualTo(WebSocket.CLOSED);
            assertThat(recorder.events()).containsExactly("open", "close 1005 '' clean");
        }
    }

    @Test
    void givenASocketThatCloses_whenMessagesStillCome_thenTheyAreNotTold() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.shakeHands().sendText("before");
            peer.readClose();
            peer.sendText("after").sendHex("8802 03e8").hangUp();
        })) {
            recorder.runToEnd(WebSocket.builder(server.url())
                    .onMessage(message -> message.socket().close(1000, "")));

            assertThat(recorder.events()).containsExactly("open", "before", "close 1000 '' clean");
        }
    }

    @Test
    void givenAServerThatNeverAnswersAClose_whenTheTimeIsUp_thenTheConnectionIsCut() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.shakeHands();
            peer.readToEnd();
        })) {
            recorder.runToEnd(WebSocket.builder(server.url())
                    .closeTimeout(Duration.ofMillis(200))
                    .onOpen(open -> open.socket().close(1000, "")));

            assertThat(recorder.events()).containsExactly("open", "error", "close 1006 '' unclean");
            assertThat(recorder.cause()).hasMessage("Closing took longer than 200 ms");
        }
    }

    @Test
    void givenAServerThatNeverHangsUp_whenTheTimeIsUp_thenTheCloseWasStillClean() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.shakeHands().sendHex("8802 03e8");
            peer.readToEnd();
        })) {
            recorder.runToEnd(WebSocket.builder(server.url()).closeTimeout(Duration.ofMillis(200)));

            assertThat(recorder.events()).containsExactly("open", "close 1000 '' clean");
        }
    }

    @Test
    void givenAServerThatHangsUp_whenOpen_thenErrorAndCloseFollow() {
        try (ScriptedServer server =
                ScriptedServer.start(peer -> peer.shakeHands().sendText("x").hangUp())) {
            recorder.runToEnd(WebSocket.builder(server.url()));

            assertThat(recorder.events()).containsExactly("open", "x", "error", "close 1006 '' unclean");
            assertThat(recorder.cause().closeCode()).isEqualTo(CloseCode.ABNORMAL);
            assertThat(recorder.cause()).hasMessageStartingWith("Connection lost");
        }
    }

    @Test
    void givenAConnectionThatIsReset_whenOpen_thenErrorAndCloseFollow() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.shakeHands();
                    peer.readToEnd();
                });
                FaultProxy proxy = FaultProxy.of(server.port())) {
            WebSocketBuilder builder =
                    WebSocket.builder("ws://127.0.0.1:" + proxy.port()).onOpen(open -> proxy.reset());

            recorder.runToEnd(builder);

            assertThat(recorder.events()).containsExactly("open", "error", "close 1006 '' unclean");
            assertThat(recorder.cause()).hasMessageStartingWith("Connection lost");
        }
    }

    @Test
    void givenADeadLink_whenNoPongComes_thenErrorAndCloseFollow() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.shakeHands();
                    peer.readToEnd();
                });
                FaultProxy proxy = FaultProxy.of(server.port())) {
            WebSocketBuilder builder = WebSocket.builder("ws://127.0.0.1:" + proxy.port())
                    .pingInterval(Duration.ofMillis(50))
                    .pongTimeout(Duration.ofMillis(200))
                    .onOpen(open -> proxy.halfOpen());

            recorder.runToEnd(builder);

            assertThat(recorder.events()).containsExactly("open", "error", "close 1006 '' unclean");
            assertThat(recorder.cause()).hasMessageContaining("200 ms");
        }
    }

    @Test
    void givenWrongArguments_whenClosed_thenItFailsInEveryState() {
        try (ScriptedServer server =
                ScriptedServer.start(peer -> peer.shakeHands().finish())) {
            WebSocket socket = recorder.listen(WebSocket.builder(server.url())).connect();
            expectRefusals(socket);
            Deadline.get(socket.opened());
            expectRefusals(socket);
            socket.close();
            expectRefusals(socket);
            Deadline.get(socket.closed());

            expectRefusals(socket);
        }
    }

    private static void expectRefusals(WebSocket socket) {
        for (int code : new int[] {-1, 0, 999, 1001, 1005, 1006, 1015, 2999, 5000}) {
            assertThatThrownBy(() -> socket.close(code))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("close code: " + code + " (expected: 1000, or 3000 to 4999)");
        }
        assertThatThrownBy(() -> socket.close(1000, "ü".repeat(62)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("close reason of 124 bytes of UTF-8 (expected: at most 123)");
    }
}

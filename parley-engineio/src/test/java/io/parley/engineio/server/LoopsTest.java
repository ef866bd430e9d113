package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.websocket.CloseCode;
import io.parley.websocket.testing.InMemoryExchange;
import io.parley.websocket.testing.InMemoryWebSocket;
import io.parley.websocket.testing.ManualEventLoop;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A session whose requests and WebSocket come on another loop than its own. */
class LoopsTest {

    private final TestEngine engine = new TestEngine();
    private final ManualEventLoop other = new ManualEventLoop();
    private final String sid = connect();

    private String connect() {
        String id = engine.connectPolling();
        engine.takeEvents();
        return id;
    }

    @Test
    void givenAnotherLoop_whenItBringsAPoll_thenTheSessionAnswersIt() {
        InMemoryExchange poll = engine.serve(InMemoryExchange.get(other, target("polling")));

        engine.send("a");

        assertThat(poll.responseText()).isEqualTo("4a");
    }

    @Test
    void givenAnotherLoop_whenItBringsAPost_thenTheListenerHearsItAtHome() {
        InMemoryExchange posted = InMemoryExchange.post(other, target("polling"), "4a");

        other.call(() -> engine.server.handle(posted));
        assertThat(engine.takeEvents()).isEmpty();
        runBoth();

        assertThat(engine.takeEvents()).containsExactly("text a");
        assertThat(posted.responseText()).isEqualTo("ok");
    }

    @Test
    void givenAnotherLoop_whenItsPollIsAborted_thenTheSessionEndsAtHome() {
        InMemoryExchange poll = engine.serve(InMemoryExchange.get(other, target("polling")));

        poll.abort();
        runBoth();

        assertThat(engine.takeEvents()).containsExactly("closed: transport error (poll connection closed prematurely)");
    }

    @Test
    void givenASessionThatEndedMeanwhile_whenARequestArrivesAtHome_thenItIsUnknown() {
        InMemoryExchange poll = InMemoryExchange.get(other, target("polling"));

        engine.socket.closeNow();
        other.call(() -> engine.server.handle(poll));
        engine.loop.runTasks();

        assertThat(poll.responseText()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    @Test
    void givenASessionThatMovedMeanwhile_whenARequestArrivesAtHome_thenTheTransportDoesNotMatch() {
        InMemoryWebSocket webSocket = engine.probe(sid);
        InMemoryExchange poll = InMemoryExchange.get(other, target("polling"));

        webSocket.receive("5");
        other.call(() -> engine.server.handle(poll));
        engine.loop.runTasks();

        assertThat(poll.responseText()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
    }

    @Test
    void givenAWebSocketOfAnotherLoop_whenTheSessionMoves_thenItKeepsItsHomeAndTheOrder() {
        InMemoryWebSocket webSocket = upgradeOnOtherLoop();
        assertThat(engine.socket.eventLoop()).isSameAs(engine.loop);

        webSocket.receive("4a");
        webSocket.receive(new byte[] {1});
        webSocket.receive("4b");
        other.runTasks();
        assertThat(engine.takeEvents()).isEmpty();
        engine.loop.runTasks();
        assertThat(engine.takeEvents()).containsExactly("text a", "binary 01", "text b");

        engine.run(() -> List.of("c", "d").forEach(text -> engine.socket.send(EncodedPacket.text(text))));
        other.runTasks();
        assertThat(webSocket.takeSent()).containsExactly("4c", "4d");
    }

    @Test
    void givenAWebSocketOfAnotherLoop_whenMuchIsOnTheWay_thenTheClientIsSlowUntilItIsThere() {
        InMemoryWebSocket webSocket = upgradeOnOtherLoop();
        int before = engine.relieved;

        sendKilobytes(1_000);
        assertThat(engine.socket.isAboveHighWaterMark()).isFalse();
        assertThat(engine.socket.isWritable()).isTrue();
        sendKilobytes(24);
        assertThat(engine.socket.isAboveHighWaterMark()).isTrue();
        assertThat(engine.socket.isWritable()).isFalse();
        assertThat(engine.socket.bufferedBytes()).isGreaterThan(1024 * 1024);
        sendKilobytes(1_024);
        runBoth();
        runBoth();

        assertThat(engine.socket.isAboveHighWaterMark()).isFalse();
        assertThat(engine.socket.bufferedBytes()).isZero();
        assertThat(engine.relieved).isGreaterThan(before);
        assertThat(webSocket.takeSent()).hasSize(2_048);
    }

    @Test
    void givenAWebSocketOfAnotherLoop_whenMoreIsOnTheWayThanMayWait_thenTheSessionEnds() {
        InMemoryWebSocket webSocket = upgradeOnOtherLoop();

        sendKilobytes(16 * 1024);
        runBoth();

        assertThat(engine.takeEvents())
                .containsExactly("closed: client too slow (more than 16777216 bytes wait to be sent"
                        + " (limit: maxBufferedBytes))");
        assertThat(webSocket.isOpen()).isFalse();
    }

    @Test
    void givenAWebSocketOfAnotherLoop_whenItBringsMoreThanTheHomeTakes_thenItIsNotReadUntilThatIsTaken() {
        InMemoryWebSocket webSocket = upgradeOnOtherLoop();
        String half = "4" + "x".repeat(Inflow.MAX_BYTES / 2);

        webSocket.receive(half);
        other.runTasks();
        assertThat(webSocket.isPaused()).isFalse();
        webSocket.receive(half);
        other.runTasks();
        assertThat(webSocket.isPaused()).isTrue();

        runBoth();
        assertThat(webSocket.isPaused()).isFalse();
        assertThat(engine.takeEvents()).hasSize(2);
    }

    @Test
    void givenASessionThatTakesNothing_whenWhatIsOnTheWayHasArrived_thenItIsStillNotRead() {
        InMemoryWebSocket webSocket = upgradeOnOtherLoop();
        webSocket.receive("4" + "x".repeat(Inflow.MAX_BYTES));
        other.runTasks();
        engine.socket.pauseReading();

        runBoth();
        assertThat(webSocket.isPaused()).isTrue();

        engine.socket.resumeReading();
        runBoth();
        assertThat(webSocket.isPaused()).isFalse();
    }

    /** All in one batch of the session's loop: none of it has gone over. */
    private void sendKilobytes(int count) {
        String kilobyte = "x".repeat(1_023); // and the type digit
        engine.run(() -> {
            for (int i = 0; i < count; i++) {
                engine.socket.send(EncodedPacket.text(kilobyte));
            }
        });
    }

    @Test
    void givenAWebSocketOfAnotherLoop_whenItEnds_thenTheSessionEndsAtHome() {
        InMemoryWebSocket webSocket = upgradeOnOtherLoop();

        webSocket.receiveClose(1001, "");
        other.runTasks();
        assertThat(engine.takeEvents()).isEmpty();
        engine.loop.runTasks();

        assertThat(engine.takeEvents()).containsExactly("closed: transport close (WebSocket closed with 1001)");
    }

    @Test
    void givenAWebSocketOfAnotherLoop_whenClosed_thenWhatWasSentLeavesFirst() {
        InMemoryWebSocket webSocket = upgradeOnOtherLoop();

        engine.run(() -> {
            engine.socket.send(EncodedPacket.text("last"));
            engine.socket.close();
        });
        assertThat(webSocket.isOpen()).isTrue();
        other.runTasks();

        assertThat(webSocket.takeSent()).containsExactly("4last");
        assertThat(webSocket.closeCode()).isEqualTo(CloseCode.NO_STATUS);
        assertThat(engine.takeEvents()).containsExactly("closed: forced close");
    }

    @Test
    void givenMorePacketsThanCrossTogether_whenSent_thenAllArriveInOrder() {
        InMemoryWebSocket webSocket = upgradeOnOtherLoop();
        List<String> texts =
                IntStream.range(0, 10_000).mapToObj(Integer::toString).toList();

        engine.run(() -> texts.forEach(text -> engine.socket.send(EncodedPacket.text(text))));
        other.runTasks();

        assertThat(webSocket.takeSent())
                .isEqualTo(texts.stream().map(text -> "4" + text).toList());
    }

    @Test
    void givenASessionThatEndedMeanwhile_whenAWebSocketOfAnotherLoopOpens_thenItIsClosed() {
        InMemoryExchange upgrade = InMemoryExchange.webSocket(other, target("websocket"));

        other.call(() -> engine.server.handle(upgrade));
        engine.socket.closeNow();
        runBoth();

        assertThat(upgrade.webSocket().closeCode()).isEqualTo(CloseCode.NO_STATUS);
    }

    private InMemoryWebSocket upgradeOnOtherLoop() {
        InMemoryWebSocket webSocket = openOnOtherLoop();
        engine.receive(webSocket, "2probe");
        engine.receive(webSocket, "5");
        other.runTasks();
        assertThat(webSocket.takeSent()).containsExactly("3probe");
        assertThat(engine.takeEvents()).containsExactly("upgraded to websocket");
        return webSocket;
    }

    private InMemoryWebSocket openOnOtherLoop() {
        return engine.serve(InMemoryExchange.webSocket(other, target("websocket")))
                .webSocket();
    }

    private String target(String transport) {
        return TestEngine.PATH + "&transport=" + transport + "&sid=" + sid;
    }

    /** Whatever hops to and fro has arrived. */
    private void runBoth() {
        for (int i = 0; i < 5; i++) {
            engine.loop.runTasks();
            other.runTasks();
        }
    }
}

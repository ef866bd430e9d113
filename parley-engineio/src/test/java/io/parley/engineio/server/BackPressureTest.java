package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.websocket.testing.InMemoryExchange;
import io.parley.websocket.testing.InMemoryWebSocket;
import org.junit.jupiter.api.Test;

/** What waits is bounded, in both directions. */
class BackPressureTest {

    private final TestEngine engine =
            new TestEngine(EngineOptions.builder().maxBufferedBytes(1_000).build());

    @Test
    void givenNoPoll_whenTheBudgetIsReached_thenTheSessionGoesOn() {
        String sid = connectPolling();

        engine.send("x".repeat(499));
        engine.send("x".repeat(499));

        assertThat(engine.socket.bufferedBytes()).isEqualTo(1_000);
        assertThat(engine.poll(sid).response().body().remaining()).isEqualTo(1_001);
    }

    @Test
    void givenNoPoll_whenTheBudgetIsExceeded_thenTheSessionEndsAndIsCounted() {
        String sid = connectPolling();
        engine.send("x".repeat(999));

        engine.send("");

        assertThat(engine.takeEvents())
                .containsExactly("closed: client too slow (more than 1000 bytes wait to be sent"
                        + " (limit: maxBufferedBytes))");
        assertThat(engine.server.overflowCount()).isEqualTo(1);
        assertThat(engine.poll(sid).response().status()).isEqualTo(400);
        assertThat(engine.socket.bufferedBytes()).isZero();
    }

    @Test
    void givenAPollThatWaits_whenMoreThanTheBudgetIsSent_thenItTakesIt() {
        InMemoryExchange poll = engine.poll(connectPolling());

        engine.send("x".repeat(2_000));

        assertThat(poll.response().body().remaining()).isEqualTo(2_001);
    }

    @Test
    void givenAWebSocket_whenTheBudgetIsExceeded_thenItIsCutAndTheSessionCounted() {
        InMemoryWebSocket webSocket = engine.connectWebSocket();
        engine.takeEvents();
        webSocket.writable(false, 990);

        engine.send("1234567");
        assertThat(engine.takeEvents()).isEmpty();
        engine.send("12345678");

        assertThat(engine.takeEvents())
                .containsExactly("closed: client too slow (more than 1000 bytes wait to be sent"
                        + " (limit: maxBufferedBytes))");
        assertThat(engine.server.overflowCount()).isEqualTo(1);
        assertThat(webSocket.isOpen()).isFalse();
    }

    @Test
    void givenAWebSocket_whenItIsCutForWhatItsFramesCost_thenTheSessionIsCountedLikewise() {
        InMemoryWebSocket webSocket = engine.connectWebSocket();
        engine.takeEvents();

        webSocket.cutForSlowReading();
        engine.loop.runTasks();

        assertThat(engine.takeEvents())
                .containsExactly("closed: client too slow (more than 1000 bytes wait to be sent"
                        + " (limit: maxBufferedBytes))");
        assertThat(engine.server.overflowCount()).isEqualTo(1);
    }

    @Test
    void givenAPausedSession_whenPosted_thenOkWaitsForTheResumption() {
        String sid = connectPolling();
        engine.run(engine.socket::pauseReading);

        InMemoryExchange posted = engine.push(sid, "4a");
        assertThat(engine.takeEvents()).isEmpty();
        assertThat(posted.isAnswered()).isFalse();

        engine.run(engine.socket::resumeReading);
        assertThat(engine.takeEvents()).containsExactly("text a");
        assertThat(posted.responseText()).isEqualTo("ok");
        assertThat(engine.push(sid, "4b").responseText()).isEqualTo("ok");
    }

    @Test
    void givenAPausedSession_whenItEnds_thenThePostIsAnswered() {
        String sid = connectPolling();
        engine.run(engine.socket::pauseReading);
        InMemoryExchange posted = engine.push(sid, "4a");

        engine.run(engine.socket::closeNow);

        assertThat(posted.responseText()).isEqualTo("ok");
    }

    @Test
    void givenAnotherThread_whenItPausesAndResumes_thenTheWebSocketFollows() {
        InMemoryWebSocket webSocket = engine.connectWebSocket();

        engine.socket.pauseReading();
        engine.loop.runTasks();
        assertThat(webSocket.isPaused()).isTrue();

        engine.socket.resumeReading();
        engine.loop.runTasks();
        assertThat(webSocket.isPaused()).isFalse();
    }

    @Test
    void givenASlowNetwork_whenItHasCaughtUp_thenTheListenerHearsOfIt() {
        InMemoryWebSocket webSocket = engine.connectWebSocket();
        engine.takeEvents();

        webSocket.writable(false, 1);
        webSocket.writable(true, 0);
        engine.loop.runTasks();

        assertThat(engine.drained).isEqualTo(1);
    }

    @Test
    void givenPacketsThatWaited_whenTwoPollsHaveCome_thenTheListenerHearsThatTheSecondWaits() {
        String sid = connectPolling();
        engine.send("a");

        engine.poll(sid);
        assertThat(engine.drained).isZero();
        engine.poll(sid);
        assertThat(engine.drained).isEqualTo(1);
    }

    @Test
    void givenNoPoll_whenTheHighWaterMarkIsReached_thenTheClientIsSlowUntilAPollTakesWhatWaits() {
        String sid = connectPolling();

        engine.send("x".repeat(498));
        assertThat(engine.socket.isAboveHighWaterMark()).isFalse();
        engine.send("");
        assertThat(engine.socket.isAboveHighWaterMark()).isTrue();
        assertThat(engine.relieved).isZero();

        engine.poll(sid);
        assertThat(engine.socket.isAboveHighWaterMark()).isFalse();
        assertThat(engine.relieved).isEqualTo(1);
    }

    @Test
    void givenLittleThatWaits_whenAPollTakesIt_thenNothingIsSaidOfTheHighWaterMark() {
        String sid = connectPolling();
        engine.send("x");

        engine.poll(sid);
        engine.poll(sid);

        assertThat(engine.relieved).isZero();
    }

    @Test
    void givenAWebSocketAboveItsHighWaterMark_whenItHasCaughtUp_thenTheListenerHearsOfIt() {
        InMemoryWebSocket webSocket = engine.connectWebSocket();
        webSocket.writable(false, 600);
        assertThat(engine.socket.isAboveHighWaterMark()).isTrue();

        webSocket.writable(true, 0);
        engine.loop.runTasks();

        assertThat(engine.socket.isAboveHighWaterMark()).isFalse();
        assertThat(engine.relieved).isEqualTo(1);
    }

    @Test
    void givenMuchThatWaitsForAPoll_whenTheSessionMovesToAWebSocket_thenTheListenerHearsThatItLeft() {
        String sid = connectPolling();
        engine.send("x".repeat(600));
        InMemoryWebSocket webSocket = engine.probe(sid);
        engine.receive(webSocket, "2probe");
        assertThat(engine.relieved).isZero();

        engine.receive(webSocket, "5");

        assertThat(webSocket.takeSent()).containsExactly("3probe", "4" + "x".repeat(600));
        assertThat(engine.relieved).isEqualTo(1);
    }

    @Test
    void givenAHighWaterMark_whenAWebSocketOpens_thenItIsTheConnections() {
        TestEngine other =
                new TestEngine(EngineOptions.builder().highWaterMark(77).build());

        assertThat(other.connectWebSocket().options().connection().highWaterMark())
                .isEqualTo(77);
    }

    private String connectPolling() {
        String sid = engine.connectPolling();
        engine.takeEvents();
        return sid;
    }
}

package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.websocket.testing.InMemoryExchange;
import io.parley.websocket.testing.InMemoryWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Feature table, section 1.8. */
class HeartbeatTest {

    private static final Duration INTERVAL = Duration.ofSeconds(25);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final TestEngine engine = new TestEngine();

    @Test
    void givenASession_whenTheIntervalPasses_thenItIsPingedOnTime() {
        InMemoryWebSocket webSocket = connect();

        engine.advance(INTERVAL.minus(MOMENT));
        assertThat(webSocket.takeSent()).isEmpty();
        engine.advance(MOMENT);
        assertThat(webSocket.takeSent()).containsExactly("2");
    }

    @Test
    void givenAPing_whenThePongComes_thenTheNextPingFollowsItByTheInterval() {
        InMemoryWebSocket webSocket = pinged();
        engine.advance(Duration.ofSeconds(5));
        engine.receive(webSocket, "3");

        engine.advance(INTERVAL.minus(MOMENT));
        assertThat(webSocket.takeSent()).isEmpty();
        engine.advance(MOMENT);
        assertThat(webSocket.takeSent()).containsExactly("2");
        assertThat(engine.takeEvents()).isEmpty();
    }

    @Test
    void givenAPing_whenNoPongComes_thenTheSessionEndsOnTime() {
        InMemoryWebSocket webSocket = pinged();

        engine.advance(TIMEOUT.minus(MOMENT));
        assertThat(engine.takeEvents()).isEmpty();
        engine.advance(MOMENT);

        assertThat(engine.takeEvents()).containsExactly("closed: ping timeout");
        assertThat(webSocket.isOpen()).isFalse();
        assertThat(engine.loop.pendingTimers()).isZero();
    }

    @Test
    void givenAPing_whenOtherPacketsCome_thenTheFirstProlongsTheWaitOnce() {
        InMemoryWebSocket webSocket = pinged();
        engine.advance(TIMEOUT.minus(MOMENT));
        engine.receive(webSocket, "4a");
        engine.advance(TIMEOUT.minus(MOMENT));
        engine.receive(webSocket, "4b");
        assertThat(engine.takeEvents()).containsExactly("text a", "text b");

        engine.advance(MOMENT);

        assertThat(engine.takeEvents()).containsExactly("closed: ping timeout");
    }

    @Test
    void givenAPongNobodyAskedFor_whenItComes_thenTheIntervalBeginsAnew() {
        InMemoryWebSocket webSocket = connect();
        engine.advance(Duration.ofSeconds(20));

        engine.receive(webSocket, "3");

        engine.advance(INTERVAL.minus(MOMENT));
        assertThat(webSocket.takeSent()).isEmpty();
    }

    @Test
    void givenAPollThatWaits_whenTheIntervalPasses_thenItTakesThePing() {
        String sid = engine.connectPolling();
        InMemoryExchange poll = engine.poll(sid);

        engine.advance(INTERVAL);
        assertThat(poll.responseText()).isEqualTo("2");

        engine.push(sid, "3");
        engine.advance(INTERVAL);
        assertThat(engine.poll(sid).responseText()).isEqualTo("2");
    }

    @Test
    void givenAClientThatNeverPolls_whenTheTimeHasPassed_thenItsSessionIsGone() {
        engine.connectPolling();
        engine.takeEvents();

        engine.advance(INTERVAL.plus(TIMEOUT));

        assertThat(engine.takeEvents()).containsExactly("closed: ping timeout");
        assertThat(engine.server.clientsCount()).isZero();
        assertThat(engine.loop.pendingTimers()).isZero();
    }

    @Test
    void givenAPing_whenTheSessionMoves_thenThePongIsStillAwaited() {
        String sid = engine.connectPolling();
        InMemoryExchange poll = engine.poll(sid);
        engine.advance(INTERVAL);
        assertThat(poll.responseText()).isEqualTo("2");
        engine.receive(engine.probe(sid), "5");
        engine.takeEvents();

        engine.advance(TIMEOUT);

        assertThat(engine.takeEvents()).containsExactly("closed: ping timeout");
    }

    @Test
    void givenAPausedSession_whenThePongCannotBeRead_thenItIsNotHeldAgainstTheClient() {
        InMemoryWebSocket webSocket = pinged();
        engine.run(engine.socket::pauseReading);
        engine.advance(Duration.ofMinutes(5));
        assertThat(engine.takeEvents()).isEmpty();

        engine.run(engine.socket::resumeReading);
        engine.advance(TIMEOUT.minus(MOMENT));
        assertThat(webSocket.isOpen()).isTrue();
        engine.advance(MOMENT);
        assertThat(engine.takeEvents()).containsExactly("closed: ping timeout");
    }

    @Test
    void givenManySessions_whenTheyWait_thenOneTimerServesThemAndEachIsPingedInTime() {
        List<InMemoryWebSocket> webSockets = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            webSockets.add(connect());
            engine.advance(Duration.ofMillis(10));
        }
        assertThat(engine.loop.pendingTimers()).isEqualTo(1);

        engine.advance(INTERVAL.plusMillis(100)); // as late as a group may be

        assertThat(webSockets)
                .allSatisfy(webSocket -> assertThat(webSocket.takeSent()).containsExactly("2"));
        assertThat(engine.loop.pendingTimers()).isEqualTo(1); // for the pongs
    }

    private InMemoryWebSocket connect() {
        InMemoryWebSocket webSocket = engine.connectWebSocket();
        engine.takeEvents();
        return webSocket;
    }

    private InMemoryWebSocket pinged() {
        InMemoryWebSocket webSocket = connect();
        engine.advance(INTERVAL);
        assertThat(webSocket.takeSent()).containsExactly("2");
        return webSocket;
    }
}

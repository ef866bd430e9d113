package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.websocket.testing.InMemoryExchange;
import io.parley.websocket.testing.InMemoryWebSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Feature table, sections 1.8 and 1.9: with protocol 3 the client pings. */
class V3HeartbeatTest {

    private static final Duration SILENCE = Duration.ofSeconds(25 + 20);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final V3Engine old = new V3Engine();
    private final TestEngine engine = old.engine;

    @ParameterizedTest
    @ValueSource(strings = {"2", "2probe"})
    void givenAPing_whenItArrives_thenItIsAnsweredWithoutItsData(String ping) {
        InMemoryWebSocket webSocket = old.connectWebSocket("");

        engine.receive(webSocket, ping);

        assertThat(webSocket.takeSent()).containsExactly("3");
        assertThat(engine.takeEvents()).isEmpty();
    }

    @Test
    void givenAPingOverPolling_whenItArrives_thenThePollTakesThePong() {
        old.connectPolling("");
        InMemoryExchange poll = old.poll();

        old.push("1:2");

        assertThat(poll.responseText()).isEqualTo("1:3");
    }

    @Test
    void givenASession_whenTimePasses_thenTheServerNeverPings() {
        InMemoryWebSocket webSocket = old.connectWebSocket("");

        engine.advance(SILENCE.minus(MOMENT));

        assertThat(webSocket.takeSent()).isEmpty();
    }

    @Test
    void givenAClientThatNeverPings_whenTheTimeHasPassed_thenItsSessionEnds() {
        InMemoryWebSocket webSocket = old.connectWebSocket("");
        engine.advance(SILENCE.minus(MOMENT));
        assertThat(webSocket.isOpen()).isTrue();

        engine.advance(MOMENT);

        assertThat(engine.takeEvents()).containsExactly("closed: ping timeout");
        assertThat(webSocket.isOpen()).isFalse();
        assertThat(engine.loop.pendingTimers()).isZero();
    }

    @Test
    void givenPings_whenTheyKeepComing_thenTheSessionGoesOn() {
        InMemoryWebSocket webSocket = old.connectWebSocket("");
        for (int i = 0; i < 5; i++) {
            engine.advance(SILENCE.minus(MOMENT));
            engine.receive(webSocket, "2");
        }
        assertThat(engine.takeEvents()).isEmpty();

        engine.advance(SILENCE);

        assertThat(engine.takeEvents()).containsExactly("closed: ping timeout");
    }

    @Test
    void givenOtherPackets_whenTheyComeInstead_thenTheyAreNoPing() {
        InMemoryWebSocket webSocket = old.connectWebSocket("");
        engine.advance(SILENCE.minus(MOMENT));
        engine.receive(webSocket, "4a");
        engine.takeEvents();

        engine.advance(MOMENT);

        assertThat(engine.takeEvents()).containsExactly("closed: ping timeout");
    }

    @Test
    void givenAnUpgrade_whenTheClientFallsSilentAfterIt_thenItsSessionEndsAllTheSame() {
        old.connectPolling("");
        InMemoryWebSocket webSocket = old.probe();
        engine.receive(webSocket, "2probe");
        engine.receive(webSocket, "5");
        engine.receive(webSocket, "2");
        engine.takeEvents();

        engine.advance(SILENCE);

        assertThat(engine.takeEvents()).containsExactly("closed: ping timeout");
    }

    @Test
    void givenAPausedSession_whenThePingCannotBeRead_thenItIsNotHeldAgainstTheClient() {
        InMemoryWebSocket webSocket = old.connectWebSocket("");
        engine.run(engine.socket::pauseReading);
        engine.advance(Duration.ofMinutes(5));
        assertThat(engine.takeEvents()).isEmpty();

        engine.run(engine.socket::resumeReading);
        engine.advance(SILENCE.minus(MOMENT));
        assertThat(webSocket.isOpen()).isTrue();
        engine.advance(MOMENT);
        assertThat(engine.takeEvents()).containsExactly("closed: ping timeout");
    }
}

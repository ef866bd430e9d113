package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.EngineException;
import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.websocket.CloseCode;
import io.parley.websocket.testing.InMemoryExchange;
import io.parley.websocket.testing.InMemoryWebSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Feature table, section 1.7. */
class UpgradeTest {

    private static final Duration NOOP_INTERVAL = Duration.ofMillis(100);

    private final TestEngine engine = new TestEngine();
    private final String sid = connect();

    private String connect() {
        String id = engine.connectPolling();
        engine.takeEvents();
        return id;
    }

    @Test
    void givenAProbe_whenItArrives_thenItIsAnsweredAndTheSessionStaysOnPolling() {
        InMemoryWebSocket webSocket = engine.probe(sid);
        assertThat(webSocket.takeSent()).isEmpty();

        engine.receive(webSocket, "2probe");

        assertThat(webSocket.takeSent()).containsExactly("3probe");
        assertThat(engine.socket.transport()).isEqualTo(TransportType.POLLING);
        assertThat(engine.takeEvents()).isEmpty();
    }

    @Test
    void givenAProbe_whenAPollWaits_thenItIsEndedAtOnceAndThenEvery100Milliseconds() {
        InMemoryWebSocket webSocket = engine.probe(sid);
        InMemoryExchange first = engine.poll(sid);
        assertThat(first.isAnswered()).isFalse();
        engine.receive(webSocket, "2probe");
        assertThat(first.responseText()).isEqualTo("6");

        InMemoryExchange second = engine.poll(sid);
        engine.advance(NOOP_INTERVAL.minusMillis(1));
        assertThat(second.isAnswered()).isFalse();
        engine.advance(Duration.ofMillis(1));
        assertThat(second.responseText()).isEqualTo("6");
    }

    @Test
    void givenAProbe_whenThePollIsStillOnItsWay_thenItIsEndedWhenItComesAndNoOther() {
        InMemoryWebSocket webSocket = engine.probe(sid);
        engine.receive(webSocket, "2probe");

        assertThat(engine.poll(sid).responseText()).isEqualTo("6");
        assertThat(engine.poll(sid).isAnswered()).isFalse();
    }

    @Test
    void givenSeveralProbes_whenAPollWaits_thenTheyEndOneOnly() {
        InMemoryWebSocket webSocket = engine.probe(sid);
        InMemoryExchange first = engine.poll(sid);
        webSocket.receive("2probe");
        engine.receive(webSocket, "2probe");
        assertThat(first.responseText()).isEqualTo("6");
        InMemoryExchange second = engine.poll(sid);

        engine.receive(webSocket, "2probe");

        assertThat(second.isAnswered()).isFalse();
        assertThat(webSocket.takeSent()).containsExactly("3probe", "3probe", "3probe");
    }

    @Test
    void givenAProbe_whenTheSessionMovesInTheSameBatch_thenNoTimerIsLeft() {
        InMemoryWebSocket webSocket = engine.probe(sid);
        webSocket.receive("2probe");

        engine.receive(webSocket, "5");

        assertThat(engine.socket.transport()).isEqualTo(TransportType.WEBSOCKET);
        assertThat(engine.loop.pendingTimers()).isEqualTo(1); // the heartbeat
    }

    @Test
    void givenNoProbeYet_whenAPollWaits_thenItGoesOnWaiting() {
        engine.probe(sid);
        InMemoryExchange poll = engine.poll(sid);

        engine.advance(Duration.ofSeconds(1));

        assertThat(poll.isAnswered()).isFalse();
    }

    @Test
    void givenAProbe_whenThePacketComes_thenTheSessionMovesAndWhatWaitedLeavesFirst() {
        InMemoryWebSocket webSocket = engine.probe(sid);
        engine.receive(webSocket, "2probe");
        engine.send("a");
        engine.send("b");
        webSocket.takeSent();

        engine.receive(webSocket, "5");
        engine.send("c");

        assertThat(webSocket.takeSent()).containsExactly("4a", "4b", "4c");
        assertThat(engine.takeEvents()).containsExactly("upgraded to websocket");
        assertThat(engine.socket.transport()).isEqualTo(TransportType.WEBSOCKET);
    }

    @Test
    void givenAMovedSession_whenMessagesArrive_thenTheyAreDelivered() {
        InMemoryWebSocket webSocket = upgraded();

        webSocket.receive("4a");
        webSocket.receive(new byte[] {7});
        engine.loop.runTasks();

        assertThat(engine.takeEvents()).containsExactly("text a", "binary 07");
    }

    @Test
    void givenAnUpgradeUnderWay_whenPacketsAreSent_thenThePollStillTakesThem() {
        InMemoryWebSocket webSocket = engine.probe(sid);
        engine.receive(webSocket, "2probe");
        webSocket.takeSent();
        assertThat(engine.poll(sid).responseText()).isEqualTo("6");
        InMemoryExchange poll = engine.poll(sid);

        engine.send("a");

        assertThat(poll.responseText()).isEqualTo("4a");
        assertThat(webSocket.takeSent()).isEmpty();
        assertThat(engine.push(sid, "4b").responseText()).isEqualTo("ok");
        assertThat(engine.takeEvents()).containsExactly("text b");
    }

    @Test
    void givenPacketsOfTheSameBatch_whenTheSessionMoves_thenNoneIsLostOrDoubled() {
        InMemoryWebSocket webSocket = engine.probe(sid);
        InMemoryExchange poll = engine.poll(sid);

        engine.run(() -> {
            engine.socket.send(EncodedPacket.text("a"));
            webSocket.receive("5");
        });

        String overPolling = poll.responseText().equals("6") ? "" : poll.responseText();
        assertThat(overPolling + String.join("", webSocket.takeSent())).isEqualTo("4a");
    }

    @Test
    void givenAPollThatWaits_whenTheSessionMoves_thenItIsAnsweredWithNoop() {
        InMemoryWebSocket webSocket = engine.probe(sid);
        InMemoryExchange poll = engine.poll(sid);

        engine.receive(webSocket, "5");

        assertThat(poll.responseText()).isEqualTo("6");
    }

    @Test
    void givenAPostUnderWay_whenTheSessionMoves_thenItsClientHearsThatItWasNotTaken() {
        InMemoryWebSocket webSocket = engine.probe(sid);
        InMemoryExchange posted =
                InMemoryExchange.post(engine.loop, TestEngine.PATH + "&transport=polling&sid=" + sid, "4a");

        engine.run(() -> {
            webSocket.receive("5");
            engine.server.handle(posted);
        });

        assertThat(posted.response().status()).isEqualTo(400);
        assertThat(engine.takeEvents()).containsExactly("upgraded to websocket");
    }

    @Test
    void givenAMovedSession_whenPolledOrPosted_thenTheTransportDoesNotMatch() {
        upgraded();

        assertThat(engine.poll(sid).responseText()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(engine.push(sid, "4a").response().status()).isEqualTo(400);
        assertThat(engine.takeEvents()).isEmpty();
    }

    @Test
    void givenAMovedSession_whenAnotherWebSocketNamesIt_thenThatOneIsClosed() {
        InMemoryWebSocket webSocket = upgraded();

        InMemoryWebSocket second = engine.probe(sid);

        assertThat(second.closeCode()).isEqualTo(CloseCode.NO_STATUS);
        engine.receive(webSocket, "4a");
        assertThat(engine.takeEvents()).containsExactly("text a");
    }

    @Test
    void givenAnUpgradeUnderWay_whenAnotherWebSocketNamesTheSession_thenThatOneIsClosed() {
        InMemoryWebSocket first = engine.probe(sid);

        InMemoryWebSocket second = engine.probe(sid);
        engine.receive(first, "5");

        assertThat(second.closeCode()).isEqualTo(CloseCode.NO_STATUS);
        assertThat(engine.socket.transport()).isEqualTo(TransportType.WEBSOCKET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "2other", "4early", "1", "6", "9", ""})
    void givenAnotherPacket_whenProbing_thenThatWebSocketIsClosedAndPollingGoesOn(String packet) {
        InMemoryWebSocket webSocket = engine.probe(sid);

        engine.receive(webSocket, packet);

        assertThat(webSocket.closeCode()).isEqualTo(CloseCode.NO_STATUS);
        assertThat(engine.push(sid, "4a").responseText()).isEqualTo("ok");
        assertThat(engine.takeEvents()).containsExactly("text a");
    }

    @Test
    void givenBytes_whenProbing_thenThatWebSocketIsClosedAndPollingGoesOn() {
        InMemoryWebSocket webSocket = engine.probe(sid);

        webSocket.receive(new byte[] {1});
        engine.loop.runTasks();

        assertThat(webSocket.closeCode()).isEqualTo(CloseCode.NO_STATUS);
        assertThat(engine.takeEvents()).isEmpty();
        expectMistake(
                "MESSAGE packet from a probing transport (expected: PING with \"probe\", or UPGRADE) in \"\\x01\"");
    }

    @ParameterizedTest
    @CsvSource({"4early\u007f!, MESSAGE, early\\u007f!", "2other, PING, other", "3, PONG, ''", "1, CLOSE, ''"})
    void givenAnotherPacket_whenProbing_thenTheApplicationIsToldHowItBegins(
            String packet, String type, String beginning) {
        engine.receive(engine.probe(sid), packet);

        expectMistake(type + " packet from a probing transport (expected: PING with \"probe\", or UPGRADE) in \""
                + beginning + '"');
    }

    @Test
    void givenWhatIsNoPacket_whenProbing_thenTheApplicationIsToldHowItBegins() {
        engine.receive(engine.probe(sid), "9\u001b[31m" + "x".repeat(1_000));

        expectMistake("Packet type '9' (expected: '0' to '6', or 'b') in \"9\\u001b[31m" + "x".repeat(58) + "…\"");
    }

    @Test
    void givenAFrameThatBreaksTheRules_whenProbing_thenTheApplicationIsTold() {
        engine.probe(sid).receiveClose(CloseCode.PROTOCOL_ERROR, "RSV bits");
        engine.loop.runTasks();

        expectMistake("WebSocket closed with 1002: RSV bits");
    }

    @Test
    void givenAClientThatGivesUp_whenProbing_thenThereIsNothingToTell() {
        engine.probe(sid).receiveClose(CloseCode.GOING_AWAY, "");
        engine.loop.runTasks();

        assertThat(engine.errors).isEmpty();
    }

    private void expectMistake(String cause) {
        assertThat(engine.errors).singleElement().satisfies(error -> {
            assertThat(error.request().target()).contains("transport=websocket&sid=" + sid);
            assertThat(error.code()).isEqualTo(3);
            assertThat(error.context())
                    .containsEntry("name", "UPGRADE_FAILURE")
                    .containsEntry("sid", sid)
                    .containsEntry("transport", "websocket")
                    .hasEntrySatisfying("error", mistake -> assertThat(mistake)
                            .isInstanceOfSatisfying(EngineException.class, thrown -> assertThat(thrown)
                                    .hasMessage(cause)));
        });
    }

    @Test
    void givenAFailedUpgrade_whenTriedAgain_thenItSucceeds() {
        engine.receive(engine.probe(sid), "9");

        upgraded();

        assertThat(engine.socket.transport()).isEqualTo(TransportType.WEBSOCKET);
    }

    @Test
    void givenAWebSocketThatIsLost_whenProbing_thenPollingGoesOnAndNothingIsLeftBehind() {
        InMemoryWebSocket webSocket = engine.probe(sid);
        engine.receive(webSocket, "2probe");
        webSocket.receiveClose(CloseCode.ABNORMAL, "");
        InMemoryExchange poll = engine.poll(sid);

        engine.advance(Duration.ofSeconds(1));

        assertThat(poll.isAnswered()).isFalse();
        assertThat(engine.loop.pendingTimers()).isEqualTo(1); // the heartbeat
    }

    @Test
    void givenAProbeThatIsNotFollowed_whenUpgradeTimeoutPasses_thenItIsClosedAndPollingGoesOn() {
        InMemoryWebSocket webSocket = engine.probe(sid);
        engine.receive(webSocket, "2probe");

        engine.advance(Duration.ofMillis(9_999));
        assertThat(webSocket.isOpen()).isTrue();
        engine.advance(Duration.ofMillis(1));

        assertThat(webSocket.closeCode()).isEqualTo(CloseCode.NO_STATUS);
        engine.receive(webSocket, "5");
        assertThat(engine.socket.transport()).isEqualTo(TransportType.POLLING);
    }

    @Test
    void givenAnUpgradeUnderWay_whenTheSessionEnds_thenItsWebSocketIsClosed() {
        InMemoryWebSocket webSocket = engine.probe(sid);

        engine.push(sid, "1");

        assertThat(webSocket.closeCode()).isEqualTo(CloseCode.NO_STATUS);
        assertThat(engine.loop.pendingTimers()).isZero();
    }

    @Test
    void givenAClosingSession_whenItMoves_thenWhatWaitedLeavesAndTheWebSocketIsClosed() {
        InMemoryWebSocket webSocket = engine.probe(sid);
        engine.send("last");
        engine.run(engine.socket::close);
        assertThat(engine.takeEvents()).isEmpty();

        engine.receive(webSocket, "5");

        assertThat(webSocket.takeSent()).containsExactly("4last");
        assertThat(webSocket.closeCode()).isEqualTo(CloseCode.NO_STATUS);
        assertThat(engine.takeEvents()).containsExactly("closed: forced close");
    }

    @Test
    void givenAPausedSession_whenItMoves_thenTheWebSocketIsPausedToo() {
        engine.run(engine.socket::pauseReading);

        InMemoryWebSocket webSocket = upgraded();

        assertThat(webSocket.isPaused()).isTrue();
    }

    private InMemoryWebSocket upgraded() {
        InMemoryWebSocket webSocket = engine.probe(sid);
        engine.receive(webSocket, "2probe");
        engine.receive(webSocket, "5");
        assertThat(webSocket.takeSent()).containsExactly("3probe");
        assertThat(engine.takeEvents()).containsExactly("upgraded to websocket");
        return webSocket;
    }
}

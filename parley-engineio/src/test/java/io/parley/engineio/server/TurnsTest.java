package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EnginePacket;
import io.parley.websocket.testing.InMemoryExchange;
import io.parley.websocket.testing.InMemoryWebSocket;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** A POST may hold more than what is handled in one go: others get their turn, and a session that pauses gets no more. */
class TurnsTest {

    private static final int MANY = 3 * PollingTransport.TURN;

    private final TestEngine engine = new TestEngine();
    private final String sid = connect();

    private String connect() {
        String id = engine.connectPolling();
        engine.takeEvents();
        return id;
    }

    private static String messages(int count) {
        return String.join("\u001e", Collections.nCopies(count, "4a"));
    }

    /** Does something when so many messages have come. */
    private void whenThereAre(int messages, Runnable then) {
        engine.socket.observe(new EngineObserver() {
            private int count;

            @Override
            public void onText(EngineSocket socket, EnginePacket.Text message) {
                if (++count == messages) {
                    then.run();
                }
            }
        });
        engine.loop.runTasks();
    }

    @Test
    void givenAFullPost_whenOthersWait_thenTheyGetTheirTurnInBetween() {
        int[] turn = new int[1];
        whenThereAre(1, () -> engine.loop.execute(() -> turn[0] = engine.events.size()));

        InMemoryExchange posted = engine.push(sid, messages(MANY));

        assertThat(turn[0]).isEqualTo(PollingTransport.TURN);
        assertThat(engine.takeEvents()).hasSize(MANY);
        assertThat(posted.responseText()).isEqualTo("ok");
    }

    @Test
    void givenAFullPost_whenReadingPausesInTheMiddle_thenTheRestWaits() {
        whenThereAre(2, engine.socket::pauseReading);

        InMemoryExchange posted = engine.push(sid, messages(MANY));

        assertThat(engine.takeEvents()).hasSize(2);
        assertThat(posted.isAnswered()).isFalse();
        engine.run(engine.socket::resumeReading);
        assertThat(engine.takeEvents()).hasSize(MANY - 2);
        assertThat(posted.responseText()).isEqualTo("ok");
    }

    @Test
    void givenAPostThatWaitsForItsTurn_whenReadingPausesAndGoesOn_thenNothingIsDoubled() {
        whenThereAre(PollingTransport.TURN, () -> {
            engine.socket.pauseReading();
            engine.loop.execute(engine.socket::resumeReading);
        });

        InMemoryExchange posted = engine.push(sid, messages(MANY));

        assertThat(engine.takeEvents()).hasSize(MANY);
        assertThat(posted.responseText()).isEqualTo("ok");
    }

    @Test
    void givenAPostInTheMiddle_whenTheSessionMoves_thenTheRestComesBeforeWhatTheWebSocketBrings() {
        whenThereAre(2, engine.socket::pauseReading);
        InMemoryExchange posted = engine.push(sid, messages(3) + "\u001e4last");
        InMemoryWebSocket webSocket = engine.probe(sid);
        engine.receive(webSocket, "2probe");

        engine.receive(webSocket, "5");
        engine.receive(webSocket, "4over WebSocket");

        assertThat(engine.socket.transport()).isEqualTo(TransportType.WEBSOCKET);
        assertThat(posted.responseText()).isEqualTo("ok");
        assertThat(engine.takeEvents())
                .containsExactly(
                        "text a", "text a", "text a", "text last", "upgraded to websocket", "text over WebSocket");
    }

    @Test
    void givenAMistakeInTheRest_whenTheSessionMoves_thenItEndsAndTheWebSocketIsClosed() {
        whenThereAre(1, engine.socket::pauseReading);
        engine.push(sid, "4a\u001e9");
        InMemoryWebSocket webSocket = engine.probe(sid);
        engine.receive(webSocket, "2probe");

        engine.receive(webSocket, "5");

        assertThat(engine.takeEvents()).hasSize(2).last().asString().startsWith("closed: parse error");
        assertThat(webSocket.isOpen()).isFalse();
        assertThat(engine.server.clientsCount()).isZero();
    }

    @Test
    void givenAPostInTheMiddle_whenTheSessionEnds_thenTheRestIsNotHandled() {
        whenThereAre(1, engine.socket::pauseReading);
        InMemoryExchange posted = engine.push(sid, messages(MANY));

        engine.run(engine.socket::closeNow);

        assertThat(engine.takeEvents()).containsExactly("text a", "closed: forced close");
        assertThat(posted.isAnswered()).isTrue();
    }
}

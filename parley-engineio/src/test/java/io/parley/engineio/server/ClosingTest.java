package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.websocket.CloseCode;
import io.parley.websocket.testing.InMemoryExchange;
import io.parley.websocket.testing.InMemoryWebSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The server ends sessions: feature table, sections 1.2 and 1.4. */
class ClosingTest {

    private final TestEngine engine = new TestEngine();

    @Test
    void givenAWebSocket_whenClosed_thenWhatWasSentLeavesBeforeTheCloseFrame() {
        InMemoryWebSocket webSocket = engine.connectWebSocket();
        engine.takeEvents();

        engine.run(() -> {
            engine.socket.send(EncodedPacket.text("last"));
            engine.socket.close();
            engine.socket.send(EncodedPacket.text("too late"));
        });

        assertThat(webSocket.takeSent()).containsExactly("4last");
        assertThat(webSocket.closeCode()).isEqualTo(CloseCode.NO_STATUS);
        assertThat(engine.takeEvents()).containsExactly("closed: forced close");
        assertThat(engine.server.clientsCount()).isZero();
    }

    @Test
    void givenAPollThatWaits_whenClosedAfterAMessage_thenTheNextPollTakesTheClosePacket() {
        String sid = connectPolling();
        InMemoryExchange poll = engine.poll(sid);

        engine.run(() -> {
            engine.socket.send(EncodedPacket.text("last"));
            engine.socket.close();
        });

        assertThat(poll.responseText()).isEqualTo("4last");
        assertThat(engine.poll(sid).responseText()).isEqualTo("6\u001e1");
        assertThat(engine.takeEvents()).containsExactly("closed: forced close");
    }

    @Test
    void givenAnIdlePoll_whenClosed_thenItTakesTheClosePacket() {
        InMemoryExchange poll = engine.poll(connectPolling());

        engine.run(engine.socket::close);

        assertThat(poll.responseText()).isEqualTo("1");
    }

    @Test
    void givenNoPoll_whenClosed_thenTheNextPollTakesNoopAndTheClosePacket() {
        String sid = connectPolling();

        engine.run(engine.socket::close);
        assertThat(engine.socket.isOpen()).isFalse();
        assertThat(engine.takeEvents()).isEmpty();

        assertThat(engine.poll(sid).responseText()).isEqualTo("6\u001e1");
        assertThat(engine.takeEvents()).containsExactly("closed: forced close");
        assertThat(engine.loop.pendingTimers()).isZero();
    }

    @Test
    void givenNoPoll_whenClosedWithPacketsWaiting_thenTheNextPollTakesThemAndTheOneAfterItTheClosePacket() {
        String sid = connectPolling();
        engine.send("last");

        engine.run(engine.socket::close);

        assertThat(engine.poll(sid).responseText()).isEqualTo("4last");
        assertThat(engine.poll(sid).responseText()).isEqualTo("6\u001e1");
    }

    @Test
    void givenNoPollEver_whenClosed_thenTheSessionEndsAfter30Seconds() {
        connectPolling();
        engine.run(engine.socket::close);

        engine.advance(Duration.ofMillis(29_999));
        assertThat(engine.takeEvents()).isEmpty();
        engine.advance(Duration.ofMillis(1));

        assertThat(engine.takeEvents()).containsExactly("closed: forced close");
        assertThat(engine.server.clientsCount()).isZero();
    }

    @Test
    void givenAClosingSession_whenTheClientPosts_thenItIsAnsweredAndDropped() {
        String sid = connectPolling();
        engine.run(engine.socket::close);

        assertThat(engine.push(sid, "4late\u001e2").responseText()).isEqualTo("ok");
        assertThat(engine.takeEvents()).isEmpty();
    }

    @Test
    void givenPacketsThatWait_whenClosedNow_thenTheyAreDropped() {
        String sid = connectPolling();
        engine.send("dropped");

        engine.run(engine.socket::closeNow);

        assertThat(engine.takeEvents()).containsExactly("closed: forced close");
        assertThat(engine.poll(sid).response().status()).isEqualTo(400);
        assertThat(engine.loop.pendingTimers()).isZero();
    }

    @Test
    void givenAnEndedSession_whenUsed_thenNothingHappens() {
        connectPolling();
        engine.run(engine.socket::closeNow);
        engine.takeEvents();

        engine.run(() -> {
            engine.socket.send(EncodedPacket.text("late"));
            engine.socket.pauseReading();
            engine.socket.resumeReading();
            engine.socket.close();
            engine.socket.closeNow();
        });

        assertThat(engine.takeEvents()).isEmpty();
        assertThat(engine.socket.isWritable()).isFalse();
    }

    @Test
    void givenSessionsOfBothKinds_whenTheServerCloses_thenAllEnd() {
        InMemoryExchange poll = engine.poll(connectPolling());
        InMemoryWebSocket webSocket = engine.connectWebSocket();
        engine.takeEvents();

        engine.server.close();
        engine.loop.runTasks();

        assertThat(engine.takeEvents()).containsExactly("closed: forced close", "closed: forced close");
        assertThat(poll.responseText()).isEqualTo("1");
        assertThat(webSocket.closeCode()).isEqualTo(CloseCode.NO_STATUS);
        assertThat(engine.server.clientsCount()).isZero();
        assertThat(engine.loop.pendingTimers()).isZero();
    }

    private String connectPolling() {
        String sid = engine.connectPolling();
        engine.takeEvents();
        return sid;
    }
}

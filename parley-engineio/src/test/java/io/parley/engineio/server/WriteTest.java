package io.parley.engineio.server;

import static io.parley.engineio.packet.EncodedPacket.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.engineio.TransportType;
import io.parley.websocket.testing.InMemoryExchange;
import io.parley.websocket.testing.InMemoryWebSocket;
import io.parley.websocket.testing.ManualEventLoop;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Feature table, section 1.2: the callback of {@code send}. */
class WriteTest {

    private final TestEngine engine = new TestEngine();

    @Test
    void givenNoPoll_whenWritten_thenItIsToldWithTheAnswerThatTakesIt() {
        String sid = engine.connectPolling();

        CompletableFuture<Void> first = write("a");
        CompletableFuture<Void> second = write("b");
        assertThat(first).isNotDone();

        assertThat(engine.poll(sid).responseText()).isEqualTo("4a\u001e4b");
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    @Test
    void givenAPoll_whenWritten_thenItIsToldAtTheEndOfTheBatch() {
        String sid = engine.connectPolling();
        InMemoryExchange poll = engine.poll(sid);

        assertThat(write("a")).isCompleted();
        assertThat(poll.responseText()).isEqualTo("4a");
    }

    @Test
    void givenAnUpgrade_whenItTakesOverWhatWaits_thenTheWebSocketTells() {
        String sid = engine.connectPolling();
        InMemoryWebSocket webSocket = engine.probe(sid);
        webSocket.writable(false, 5);
        CompletableFuture<Void> written = write("a");

        engine.receive(webSocket, "2probe");
        engine.receive(webSocket, "5");
        assertThat(written).isNotDone();

        webSocket.writable(true, 0);
        engine.loop.runTasks();
        assertThat(webSocket.takeSent()).containsExactly("3probe", "4a");
        assertThat(written).isCompleted();
    }

    @Test
    void givenAWebSocketOnAnotherLoop_whenWritten_thenItIsToldAtHome() {
        String sid = engine.connectPolling();
        ManualEventLoop away = new ManualEventLoop();
        InMemoryWebSocket webSocket = engine.serve(
                        InMemoryExchange.webSocket(away, TestEngine.PATH + "&transport=websocket&sid=" + sid))
                .webSocket();
        engine.receive(webSocket, "2probe");
        engine.receive(webSocket, "5");

        CompletableFuture<Void> written = write("a");
        away.runTasks();
        assertThat(written).isNotDone();

        engine.loop.runTasks();
        assertThat(written).isCompleted();
        assertThat(webSocket.takeSent()).contains("4a");
    }

    @Test
    void givenASessionThatEnds_whenSomethingWaits_thenItIsToldThatItWasNotSent() {
        engine.connectPolling();
        CompletableFuture<Void> waiting = write("a");

        engine.run(engine.socket::closeNow);
        CompletableFuture<Void> late = write("b");

        assertThatThrownBy(waiting::join)
                .hasCauseInstanceOf(IOException.class)
                .hasRootCauseMessage("Not sent: the session is over");
        assertThat(late).isCompletedExceptionally();
    }

    @Test
    void givenAWebSocketThatIsLost_whenSomethingWaits_thenItIsToldThatItWasNotSent() {
        InMemoryWebSocket webSocket = engine.connectWebSocket();
        webSocket.writable(false, 5);
        CompletableFuture<Void> waiting = write("a");

        webSocket.receiveClose(1006, "lost");
        engine.loop.runTasks();

        assertThat(waiting).isCompletedExceptionally();
    }

    @Test
    void givenWebTransport_whenWritten_thenTheStreamTells() {
        TestEngine streams = new TestEngine(EngineOptions.builder()
                .transports(TransportType.POLLING, TransportType.WEBTRANSPORT)
                .build());
        InMemoryWebTransport client = new InMemoryWebTransport(streams.loop, "/engine.io/");
        streams.loop.call(() -> streams.server.onWebTransportSession(client));
        client.receive("0");

        CompletableFuture<Void> written = streams.socket.write(text("a"));
        streams.loop.runTasks();

        assertThat(written).isCompleted();
        assertThat(client.takeSent()).contains("4a");
    }

    private CompletableFuture<Void> write(String text) {
        CompletableFuture<Void> written = engine.socket.write(text(text));
        engine.loop.runTasks();
        return written;
    }
}

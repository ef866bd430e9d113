package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.websocket.testing.InMemoryExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

    private final List<Runnable> handlers = new ArrayList<>();

    @Test
    void givenAHandlerThatBlocks_whenTooManyEventsWait_thenReadingPausesAndGoesOn() {
        TestServer server =
                new TestServer(options -> options.handlerExecutor(handlers::add).maxWaitingEvents(4));
        TestClient client = joined(server);

        client.send(events(4));
        assertThat(client.isPaused()).isFalse();
        client.send(events(1));
        assertThat(client.isPaused()).isTrue();

        runHandlers();
        server.run();
        assertThat(client.isPaused()).isFalse();
    }

    @Test
    void givenAHandlerThatBlocks_whenTooManyBytesWait_thenReadingPausesAndGoesOn() {
        TestServer server =
                new TestServer(options -> options.handlerExecutor(handlers::add).maxWaitingBytes(100));
        TestClient client = joined(server);

        client.send("2[\"" + "x".repeat(90) + "\"]");
        assertThat(client.isPaused()).isFalse();
        client.send("2[\"y\",\"zzzz\"]");
        assertThat(client.isPaused()).isTrue();

        runHandlers();
        server.run();
        assertThat(client.isPaused()).isFalse();
    }

    @Test
    void givenPolling_whenTooManyEventsWait_thenThePostIsAnsweredWhenHalfOfThemAreHandled() {
        TestServer server =
                new TestServer(options -> options.handlerExecutor(handlers::add).maxWaitingEvents(2));
        String sid = connectPolling(server);

        assertThat(post(server, sid, "42[\"x\"]\u001e42[\"x\"]").responseText()).isEqualTo("ok");
        InMemoryExchange third = post(server, sid, "42[\"x\"]");
        assertThat(third.isAnswered()).isFalse();

        runHandlers();
        server.run();
        assertThat(third.responseText()).isEqualTo("ok");
        assertThat(post(server, sid, "42[\"x\"]").responseText()).isEqualTo("ok");
    }

    @Test
    void givenAClientThatIsNotReadFrom_whenItsPongIsOverdue_thenItStays() {
        TestServer server = new TestServer(options -> options.handlerExecutor(handlers::add)
                .maxWaitingEvents(1)
                .engine(engine -> engine.pingInterval(Duration.ofSeconds(25)).pingTimeout(Duration.ofSeconds(20))));
        TestClient client = joined(server);
        client.send(events(2));
        assertThat(client.isPaused()).isTrue();

        server.advance(Duration.ofMinutes(5));
        assertThat(client.isClosed()).isFalse();
        runHandlers();
        server.run();
        server.advance(Duration.ofSeconds(20)); // from the resumption it has its time once more

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void givenTwoNamespacesOfOneConnection_whenTheHandlersOfOneBlock_thenNothingIsReadForEither() {
        TestServer server =
                new TestServer(options -> options.handlerExecutor(handlers::add).maxWaitingEvents(2));
        server.open("/other");
        TestClient client = joined(server).send("0/other,");
        runHandlers();
        TestClient somebodyElse = joined(server);

        client.send(events(2)).send("2/other,[\"x\"]");

        assertThat(client.isPaused()).isTrue();
        assertThat(somebodyElse.isPaused()).isFalse();
        runHandlers();
        server.run();
        assertThat(client.isPaused()).isFalse();
    }

    private String connectPolling(TestServer server) {
        InMemoryExchange opened = exchange(server, InMemoryExchange.get(server.loop, POLLING));
        String sid = opened.responseText().replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        post(server, sid, "40");
        runHandlers();
        return sid;
    }

    private static InMemoryExchange post(TestServer server, String sid, String body) {
        return exchange(server, InMemoryExchange.post(server.loop, POLLING + "&sid=" + sid, body));
    }

    private static InMemoryExchange exchange(TestServer server, InMemoryExchange exchange) {
        server.loop.call(() -> server.io.handle(exchange));
        server.run();
        return exchange;
    }

    private TestClient joined(TestServer server) {
        TestClient client = server.client().send("0");
        runHandlers();
        return client;
    }

    private static String[] events(int count) {
        String[] events = new String[count];
        java.util.Arrays.fill(events, "2[\"x\"]");
        return events;
    }

    private void runHandlers() {
        while (!handlers.isEmpty()) {
            handlers.remove(0).run();
        }
    }
}

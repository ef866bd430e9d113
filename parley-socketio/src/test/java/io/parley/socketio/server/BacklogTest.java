package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {

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

package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.websocket.testing.InMemoryExchange;
import io.parley.websocket.testing.InMemoryWebSocket;
import io.parley.websocket.testing.ManualEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An engine in memory, with one client's view of it and everything its listener heard, in order. */
final class TestEngine {

    static final String PATH = "/engine.io/?EIO=4";

    final ManualEventLoop loop = new ManualEventLoop();
    final List<String> events = new ArrayList<>();
    final List<ConnectionError> errors = new ArrayList<>();
    final EngineServer server;
    EngineSocket socket;
    int drained;
    int relieved;

    TestEngine() {
        this(EngineOptions.defaults());
    }

    TestEngine(EngineOptions options) {
        server = EngineServer.create(options, opened -> {
            socket = opened;
            events.add("connected");
            return new RecordingListener(events) {
                @Override
                public void onDrain() {
                    drained++;
                }

                @Override
                public void onBelowHighWaterMark() {
                    relieved++;
                }
            };
        });
        server.onConnectionError(errors::add);
    }

    /** Serves a request and runs what it set going. */
    InMemoryExchange serve(InMemoryExchange exchange) {
        ((ManualEventLoop) exchange.eventLoop()).call(() -> server.handle(exchange));
        loop.runTasks();
        return exchange;
    }

    InMemoryExchange get(String target, String... headers) {
        return serve(InMemoryExchange.get(loop, target, headers));
    }

    InMemoryExchange post(String target, String body, String... headers) {
        return serve(InMemoryExchange.post(loop, target, body, headers));
    }

    InMemoryExchange upgrade(String target, String... headers) {
        return serve(InMemoryExchange.webSocket(loop, target, headers));
    }

    /** Begins a session over polling and returns its id. */
    String connectPolling() {
        InMemoryExchange opened = get(PATH + "&transport=polling");
        assertThat(opened.response().status()).isEqualTo(200);
        return socket.id();
    }

    InMemoryExchange poll(String sid) {
        return get(PATH + "&transport=polling&sid=" + sid);
    }

    InMemoryExchange push(String sid, String body) {
        return post(PATH + "&transport=polling&sid=" + sid, body);
    }

    /** Begins a session over WebSocket; the open packet has been taken. */
    InMemoryWebSocket connectWebSocket() {
        InMemoryWebSocket webSocket = upgrade(PATH + "&transport=websocket").webSocket();
        assertThat(webSocket.takeSent()).hasSize(1);
        return webSocket;
    }

    /** Opens a WebSocket that names a session. */
    InMemoryWebSocket probe(String sid) {
        return upgrade(PATH + "&transport=websocket&sid=" + sid).webSocket();
    }

    void receive(InMemoryWebSocket webSocket, String text) {
        webSocket.receive(text);
        ((ManualEventLoop) webSocket.eventLoop()).runTasks();
        loop.runTasks();
    }

    void send(String text) {
        loop.call(() -> socket.send(EncodedPacket.text(text)));
    }

    void run(Runnable action) {
        loop.call(action);
    }

    void advance(Duration by) {
        loop.advance(by);
    }

    /** What was heard since the last call. */
    List<String> takeEvents() {
        List<String> taken = List.copyOf(events);
        events.clear();
        return taken;
    }
}

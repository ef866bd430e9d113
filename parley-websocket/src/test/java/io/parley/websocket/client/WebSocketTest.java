package io.parley.websocket.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import io.parley.websocket.server.HttpServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A socket as a program uses it, against our server. */
class WebSocketTest {

    private final HttpServer server = HttpServer.builder().eventLoops(1).build();
    private final List<String> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        server.webSocket("/echo", socket -> {
                    socket.onText(socket::send);
                    socket.onBinary(socket::send);
                })
                .webSocket("/greet", socket -> {
                    socket.send("Hello");
                    socket.send(new byte[] {1, 2});
                    socket.close(4001, "that is all");
                })
                .start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void givenAnEchoServer_whenMessagesAreSent_thenTheyComeBackInOrder() {
        WebSocket socket = WebSocket.builder("ws://127.0.0.1:" + server.port() + "/echo")
                .onOpen(open -> {
                    open.socket().send("Hello");
                    open.socket().send(new byte[] {1, 2});
                })
                .onMessage(message -> {
                    events.add(message.isText() ? message.text() : message.bytes().length + " bytes");
                    if (!message.isText()) {
                        message.socket().close(1000, "done");
                    }
                })
                .onError(error -> events.add("error " + error.cause().getMessage()))
                .onClose(close -> events.add(close.code() + " " + close.reason() + " " + close.wasClean()))
                .connect();

        Deadline.get(socket.closed());

        assertThat(events).containsExactly("Hello", "2 bytes", "1000 done true");
    }

    @Test
    void givenAServerThatGreets_whenConnected_thenTheEventsComeInOrder() {
        WebSocket socket = WebSocket.builder("ws://127.0.0.1:" + server.port() + "/greet")
                .onOpen(open -> events.add("open"))
                .onMessage(message -> events.add(message.isText() ? message.text() : message.bytes().length + " bytes"))
                .onError(error -> events.add("error " + error.cause().getMessage()))
                .onClose(close -> events.add(close.code() + " " + close.reason() + " " + close.wasClean()))
                .connect();

        Deadline.get(socket.closed());

        assertThat(events).containsExactly("open", "Hello", "2 bytes", "4001 that is all true");
    }
}

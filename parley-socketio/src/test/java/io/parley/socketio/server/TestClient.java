package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.websocket.testing.InMemoryExchange;
import io.parley.websocket.testing.InMemoryWebSocket;
import io.parley.websocket.testing.ManualEventLoop;
import java.util.ArrayList;
import java.util.List;

/** A client that speaks Socket.IO by hand, over a WebSocket in memory. */
final class TestClient {

    private final TestServer server;
    private final InMemoryWebSocket webSocket;
    private final List<String> sent = new ArrayList<>(); // with the open packet

    private TestClient(TestServer server, InMemoryWebSocket webSocket) {
        this.server = server;
        this.webSocket = webSocket;
    }

    static TestClient open(TestServer server, ManualEventLoop loop, String... headers) {
        return open(server, loop, 4, headers);
    }

    /** A client of this version of Engine.IO. With 3 something comes together with the open packet. */
    static TestClient open(TestServer server, ManualEventLoop loop, int protocol, String... headers) {
        String query = "?EIO=" + protocol + "&transport=websocket&room=a%20b";
        InMemoryExchange exchange = InMemoryExchange.webSocket(loop, "/socket.io/" + query, headers);
        loop.call(() -> server.io.handle(exchange));
        TestClient client = new TestClient(server, exchange.webSocket());
        client.sent.addAll(client.webSocket.takeSent());
        assertThat(client.sent.remove(0)).startsWith("0{\"sid\":");
        assertThat(client.sent.isEmpty()).isEqualTo(protocol == 4);
        return client;
    }

    /** Joins a namespace without {@code auth}. */
    TestClient join(String namespace) {
        send(namespace.equals("/") ? "0" : "0" + namespace + ",");
        String prefix = namespace.equals("/") ? "0{\"sid\":\"" : "0" + namespace + ",{\"sid\":\"";
        assertThat(received()).hasSize(1).first().asString().startsWith(prefix);
        return this;
    }

    /** Sends Socket.IO packets. */
    TestClient send(String... packets) {
        for (String packet : packets) {
            webSocket.receive("4" + packet);
        }
        server.run();
        return this;
    }

    /** Sends a packet of Engine.IO. */
    TestClient sendRaw(String packet) {
        webSocket.receive(packet);
        server.run();
        return this;
    }

    TestClient sendBinary(byte... bytes) {
        webSocket.receive(bytes);
        server.run();
        return this;
    }

    /** What came since the last call, without the Engine.IO type; binary as {@code 0x…}. */
    List<String> received() {
        server.run();
        List<String> taken = new ArrayList<>(sent);
        sent.clear();
        taken.addAll(webSocket.takeSent());
        return taken.stream()
                .map(message -> message.startsWith("0x") ? message : message.substring(1))
                .toList();
    }

    /** The connection is lost. */
    void lose() {
        webSocket.receiveClose(1006, "");
        server.run();
    }

    boolean isClosed() {
        server.run();
        return webSocket.closeCode() != 0;
    }

    boolean isPaused() {
        return webSocket.isPaused();
    }

    void slow(boolean slow) {
        webSocket.writable(!slow, slow ? 2_000_000 : 0);
        server.run();
    }
}

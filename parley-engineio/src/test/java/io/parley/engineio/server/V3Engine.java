package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.websocket.testing.InMemoryExchange;
import io.parley.websocket.testing.InMemoryWebSocket;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** An engine in memory that takes clients of protocol 3, and one such client. */
final class V3Engine {

    static final String PATH = "/engine.io/?EIO=3";

    final TestEngine engine;
    private String query = "";

    V3Engine() {
        this(EngineOptions.defaults());
    }

    V3Engine(EngineOptions options) {
        engine = new TestEngine(options.toBuilder().allowEIO3(true).build());
    }

    /** Begins a session over polling; its answer, which holds the open packet. */
    InMemoryExchange connectPolling(String moreQuery) {
        query = moreQuery;
        InMemoryExchange opened = engine.get(PATH + "&transport=polling" + query);
        assertThat(opened.response().status()).isEqualTo(200);
        engine.takeEvents();
        return opened;
    }

    /** Begins a session over WebSocket; the open packet has been taken. */
    InMemoryWebSocket connectWebSocket(String moreQuery) {
        InMemoryWebSocket webSocket =
                engine.upgrade(PATH + "&transport=websocket" + moreQuery).webSocket();
        assertThat(webSocket.takeSent()).hasSize(1).first().asString().startsWith("0{\"sid\":");
        engine.takeEvents();
        return webSocket;
    }

    InMemoryWebSocket probe() {
        return engine.upgrade(PATH + "&transport=websocket&sid=" + engine.socket.id())
                .webSocket();
    }

    InMemoryExchange poll() {
        return engine.get(target());
    }

    InMemoryExchange push(String body, String... headers) {
        return engine.post(target(), body, headers);
    }

    InMemoryExchange pushBinary(String hex) {
        byte[] body = HexFormat.of().parseHex(hex);
        return engine.serve(
                InMemoryExchange.post(engine.loop, target(), body, "Content-Type", "application/octet-stream"));
    }

    private String target() {
        return PATH + "&transport=polling" + query + "&sid=" + engine.socket.id();
    }

    /** Sends these to the client, of one batch. */
    void send(EncodedPacket... packets) {
        engine.run(() -> {
            for (EncodedPacket packet : packets) {
                engine.socket.send(packet);
            }
        });
    }

    static EncodedPacket binary(int... bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
        for (int each : bytes) {
            buffer.put((byte) each);
        }
        return EncodedPacket.binary(buffer.flip());
    }

    static String hex(InMemoryExchange exchange) {
        ByteBuffer body = exchange.response().body();
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static String contentType(InMemoryExchange exchange) {
        return exchange.response().headers().first("Content-Type").orElse("");
    }
}

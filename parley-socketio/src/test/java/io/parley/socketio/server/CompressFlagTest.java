package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.RawWebSocket;
import io.parley.websocket.DeflateOptions;
import io.parley.websocket.server.HttpServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CompressFlagTest {

    private static final int COMPRESSED = 0x40; // RSV1

    @Test
    void givenDeflate_whenEventsAreSentWithAndWithoutCompression_thenTheFramesShowIt() {
        String text = "x".repeat(2_000);
        try (HttpServer http =
                HttpServer.builder().closeTimeout(Duration.ofMillis(200)).build()) {
            SocketIoServer io = SocketIoServer.attach(
                    http,
                    SocketIoOptions.builder()
                            .engine(engine -> engine.perMessageDeflate(DeflateOptions.defaults()))
                            .build());
            io.onConnection(socket -> {
                socket.emit("a", text);
                socket.compress(false).emit("b", text);
                io.emit("c", text);
                io.compress(false).emit("d", text);
            });
            http.start();

            try (RawWebSocket client = RawWebSocket.open(
                    http.port(),
                    "/socket.io/?EIO=4&transport=websocket",
                    "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover")) {
                client.read();
                client.sendText("40");
                client.read();

                assertThat(client.read().header() & COMPRESSED).isNotZero();
                RawWebSocket.Frame plain = client.read();
                assertThat(plain.header() & COMPRESSED).isZero();
                assertThat(plain.text()).startsWith("42[\"b\",");
                assertThat(client.read().header() & COMPRESSED).isNotZero();
                assertThat(client.read().header() & COMPRESSED).isZero();
            }
        }
    }
}

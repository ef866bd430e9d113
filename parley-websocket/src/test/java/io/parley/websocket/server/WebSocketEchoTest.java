package io.parley.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.RawWebSocket;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.WebSocketListener;
import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebSocketEchoTest {

    @Test
    void givenAMessage_whenEchoed_thenItComesBack() {
        WebSocketUpgrade options = new WebSocketUpgrade(List.of(), HttpHeaders.empty(), 1 << 20, 1 << 24);
        try (BareHost host = new BareHost(options, () -> new WebSocketListener() {
                    @Override
                    public void onText(WebSocketConnection connection, String text) {
                        connection.send(text);
                    }
                });
                RawWebSocket client = RawWebSocket.open(host.port(), "/")) {
            client.sendText("hello");
            assertThat(client.readText()).isEqualTo("hello");
            client.sendClose(1000, "");
            assertThat(client.read().closeCode()).isEqualTo(1000);
            client.raw().expectClosed();
        }
    }
}

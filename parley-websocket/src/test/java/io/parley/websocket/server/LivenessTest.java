package io.parley.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.RawWebSocket;
import io.parley.testkit.RawWebSocket.Frame;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pings, pongs that do not come, and connections without messages. */
class LivenessTest {

    private final RecordingListener server = new RecordingListener();

    private BareHost host(ConnectionOptions.Builder options) {
        return new BareHost(new WebSocketUpgrade(List.of(), HttpHeaders.empty(), options.build()), () -> server);
    }

    @Test
    void givenASilentPeer_whenThePingIntervalHasPassed_thenItIsPingedAndStaysWhenItAnswers() {
        ConnectionOptions.Builder options =
                ConnectionOptions.builder().pingInterval(Duration.ofMillis(40)).pongTimeout(Duration.ofSeconds(60));
        try (BareHost host = host(options);
                RawWebSocket client = RawWebSocket.open(host.port(), "/")) {
            for (int i = 0; i < 3; i++) {
                Frame ping = client.read();
                assertThat(ping.opcode()).isEqualTo(RawWebSocket.PING);
                client.send(0x80 | RawWebSocket.PONG, ping.payload());
            }

            assertThat(server.connection().isOpen()).isTrue();
        }
    }

    @Test
    void givenAPeerThatDoesNotAnswer_whenThePongTimeoutHasPassed_thenItIsCut() {
        ConnectionOptions.Builder options =
                ConnectionOptions.builder().pingInterval(Duration.ofMillis(20)).pongTimeout(Duration.ofMillis(50));
        try (BareHost host = host(options);
                RawWebSocket client = RawWebSocket.open(host.port(), "/")) {
            assertThat(client.read().opcode()).isEqualTo(RawWebSocket.PING);

            assertThat(server.closed()).isEqualTo("1006 No answer to a ping within 50 ms");
            client.raw().expectClosed();
        }
    }

    @Test
    void givenNoMessages_whenTheIdleTimeoutHasPassed_thenItIsClosedInOrder() {
        ConnectionOptions.Builder options = ConnectionOptions.builder().idleTimeout(Duration.ofMillis(50));
        try (BareHost host = host(options);
                RawWebSocket client = RawWebSocket.open(host.port(), "/")) {
            Frame close = client.read();

            assertThat(close.closeCode()).isEqualTo(1001);
            assertThat(close.closeReason()).isEqualTo("No message for 50 ms");
            client.sendClose(1001, "");
            assertThat(server.closed()).isEqualTo("1001");
        }
    }

    @Test
    void givenALoopWithSomeWhoLeave_whenThePulseBeats_thenTheOthersAreStillWatched() {
        ConnectionOptions.Builder options =
                ConnectionOptions.builder().pingInterval(Duration.ofMillis(40)).pongTimeout(Duration.ofSeconds(60));
        try (BareHost host = host(options);
                RawWebSocket first = RawWebSocket.open(host.port(), "/");
                RawWebSocket second = RawWebSocket.open(host.port(), "/");
                RawWebSocket third = RawWebSocket.open(host.port(), "/")) {
            assertThat(first.read().opcode()).isEqualTo(RawWebSocket.PING);
            first.raw().reset();

            for (RawWebSocket left : List.of(third, second)) {
                assertThat(left.read().opcode()).isEqualTo(RawWebSocket.PING);
                left.send(0x80 | RawWebSocket.PONG, new byte[0]);
                assertThat(left.read().opcode()).isEqualTo(RawWebSocket.PING);
            }
        }
    }
}

package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.websocket.CloseCode;
import io.parley.websocket.testing.InMemoryWebSocket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Feature table, section 1.5. */
class WebSocketTest {

    private final TestEngine engine = new TestEngine();
    private final InMemoryWebSocket webSocket = connect();

    private InMemoryWebSocket connect() {
        InMemoryWebSocket opened = engine.connectWebSocket();
        engine.takeEvents();
        return opened;
    }

    @Test
    void givenMessages_whenTheyArrive_thenTheyAreDeliveredInOrder() {
        webSocket.receive("4a");
        webSocket.receive(new byte[] {1, 2, 3});
        webSocket.receive("4");
        webSocket.receive("bAQI=");
        engine.loop.runTasks();

        assertThat(engine.takeEvents()).containsExactly("text a", "binary 010203", "text ", "binary 0102");
    }

    @Test
    void givenMessages_whenSent_thenEachIsOneWebSocketMessage() {
        engine.run(() -> {
            engine.socket.send(EncodedPacket.text("a"));
            engine.socket.send(EncodedPacket.binary(ByteBuffer.wrap(new byte[] {1, 2})));
        });

        assertThat(webSocket.takeSent()).containsExactly("4a", "0x0102");
    }

    @Test
    void givenAnotherThread_whenItSends_thenThePacketLeavesWhenTheLoopRuns() {
        engine.socket.send(EncodedPacket.text("a"));
        assertThat(webSocket.takeSent()).isEmpty();

        engine.loop.runTasks();
        assertThat(webSocket.takeSent()).containsExactly("4a");
    }

    @ParameterizedTest
    @CsvSource({"0", "0{}", "3", "3probe", "5", "6"})
    void givenAPacketWithoutMeaning_whenItArrives_thenItIsIgnored(String packet) {
        engine.receive(webSocket, packet);

        assertThat(engine.takeEvents()).isEmpty();
        assertThat(webSocket.isOpen()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | transport error (invalid heartbeat direction)",
                "2probe | transport error (invalid heartbeat direction)",
                "1 | transport close",
                "'' | parse error (Packet: empty (expected: a type '0' to '6' first, or 'b' and base64))",
                "abc | parse error (Packet type 'a' (expected: '0' to '6', or 'b') in \"abc\")"
            })
    void givenAPacketThatEndsTheSession_whenItArrives_thenTheWebSocketIsClosedWithoutACode(
            String packet, String outcome) {
        engine.receive(webSocket, packet);

        assertThat(engine.takeEvents()).containsExactly("closed: " + outcome);
        assertThat(webSocket.closeCode()).isEqualTo(CloseCode.NO_STATUS);
        assertThat(engine.server.clientsCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1000 | bye | transport close (WebSocket closed with 1000: bye)",
                "1005 | '' | transport close (WebSocket closed with 1005)",
                "1006 | '' | transport close (WebSocket closed with 1006)",
                "1001 | '' | transport close (WebSocket closed with 1001)",
                "1009 | Max payload size exceeded | transport error (WebSocket closed with 1009: Max payload size exceeded)",
                "1002 | RSV bits | transport error (WebSocket closed with 1002: RSV bits)",
                "1007 | not UTF-8 | transport error (WebSocket closed with 1007: not UTF-8)"
            })
    void givenTheEndOfTheWebSocket_whenItComes_thenTheSessionEnds(int code, String reason, String outcome) {
        webSocket.receiveClose(code, reason);
        engine.loop.runTasks();

        assertThat(engine.takeEvents()).containsExactly("closed: " + outcome);
    }

    @Test
    void givenALiveSession_whenAnotherWebSocketNamesIt_thenThatOneIsClosed() {
        InMemoryWebSocket second = engine.probe(engine.socket.id());

        assertThat(second.closeCode()).isEqualTo(CloseCode.NO_STATUS);
        assertThat(webSocket.isOpen()).isTrue();
        assertThat(engine.takeEvents()).isEmpty();
    }

    @Test
    void givenALiveSession_whenPolled_thenTheTransportDoesNotMatch() {
        assertThat(engine.poll(engine.socket.id()).responseText())
                .isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
    }

    @Test
    void givenASlowNetwork_whenAskedWhetherWritable_thenTheWebSocketDecides() {
        webSocket.writable(false, 2_000_000);
        assertThat(engine.socket.isWritable()).isFalse();
        assertThat(engine.socket.bufferedBytes()).isEqualTo(2_000_000);

        webSocket.writable(true, 0);
        assertThat(engine.socket.isWritable()).isTrue();
    }
}

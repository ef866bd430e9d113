package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.websocket.testing.InMemoryExchange;
import io.parley.websocket.testing.InMemoryWebSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Feature table, section 1.9: WebSocket and the upgrade with protocol 3. */
class V3WebSocketTest {

    private final V3Engine old = new V3Engine();

    @Test
    void givenMessages_whenTheyArrive_thenTheTypeIsTakenOff() {
        InMemoryWebSocket webSocket = old.connectWebSocket("");

        webSocket.receive("4a");
        webSocket.receive(new byte[] {4, 1, 2});
        webSocket.receive(new byte[] {4});
        webSocket.receive("b4AQI=");
        old.engine.loop.runTasks();

        assertThat(old.engine.takeEvents()).containsExactly("text a", "binary 0102", "binary ", "binary 0102");
    }

    @Test
    void givenMessages_whenSent_thenBinaryHasItsTypeInFront() {
        InMemoryWebSocket webSocket = old.connectWebSocket("");

        old.send(EncodedPacket.text("a"), V3Engine.binary(1, 2));

        assertThat(webSocket.takeSent()).containsExactly("4a", "0x040102");
    }

    @Test
    void givenAClientThatTakesNoBinary_whenSent_thenItIsBase64() {
        InMemoryWebSocket webSocket = old.connectWebSocket("&b64=1");

        old.send(EncodedPacket.text("a"), V3Engine.binary(1, 2));

        assertThat(webSocket.takeSent()).containsExactly("4a", "b4AQI=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | transport close",
                "3 | transport error (invalid heartbeat direction)",
                "9 | parse error (Packet type '9' (expected: '0' to '6', or 'b') in \"9\")",
                "b | parse error (Packet 'b': no type (expected: '0' to '6' and base64) in \"b\")",
            })
    void givenAPacketThatEndsTheSession_whenItArrives_thenTheWebSocketIsClosed(String packet, String outcome) {
        InMemoryWebSocket webSocket = old.connectWebSocket("");

        old.engine.receive(webSocket, packet);

        assertThat(old.engine.takeEvents()).containsExactly("closed: " + outcome);
        assertThat(webSocket.isOpen()).isFalse();
    }

    @Test
    void givenABinaryMessageOfNoType_whenItArrives_thenTheSessionEnds() {
        InMemoryWebSocket webSocket = old.connectWebSocket("");

        webSocket.receive(new byte[] {9, 1});
        old.engine.loop.runTasks();

        assertThat(old.engine.takeEvents())
                .containsExactly("closed: parse error (Binary packet of type 9 (expected: 0 to 6) in \"\\x09\\x01\")");
    }

    @Test
    void givenAnUpgrade_whenItIsDone_thenWhatWaitedLeavesInTheFormOfTheWebSocket() {
        old.connectPolling("");
        InMemoryExchange poll = old.poll();
        InMemoryWebSocket webSocket = old.probe();
        old.engine.receive(webSocket, "2probe");
        assertThat(webSocket.takeSent()).containsExactly("3probe");
        old.engine.advance(Duration.ofMillis(100));
        assertThat(poll.responseText()).isEqualTo("1:6");

        old.send(V3Engine.binary(7));
        old.engine.receive(webSocket, "5");

        assertThat(webSocket.takeSent()).containsExactly("0x0407");
        assertThat(old.engine.socket.transport()).isEqualTo(TransportType.WEBSOCKET);
        assertThat(old.engine.takeEvents()).containsExactly("upgraded to websocket");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", ""})
    void givenASessionOfProtocol3_whenAWebSocketOfAnotherAsksForIt_thenItIsRefused(String protocol) {
        old.connectPolling("");
        String sid = old.engine.socket.id();

        InMemoryExchange refused =
                old.engine.upgrade("/engine.io/?transport=websocket&sid=" + sid + "&EIO=" + protocol);

        if (protocol.equals("4")) {
            assertThat(refused.responseText()).isEqualTo("Bad request");
        } else {
            assertThat(refused.webSocket().isOpen()).isTrue(); // missing counts as 3
        }
    }

    @Test
    void givenACrowdOfBothProtocols_whenSentTheSamePacket_thenEachGetsItsForm() {
        EncodedPacket packet = V3Engine.binary(5);
        InMemoryWebSocket today = old.engine.connectWebSocket();
        old.send(packet);
        InMemoryWebSocket yesterday = old.connectWebSocket("");
        old.send(packet);

        assertThat(today.takeSent()).containsExactly("0x05");
        assertThat(yesterday.takeSent()).containsExactly("0x0405");
    }
}

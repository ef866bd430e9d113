package io.parley.engineio.server;

import static io.parley.engineio.packet.EncodedPacket.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.RawWebSocket;
import io.parley.websocket.DeflateOptions;
import org.junit.jupiter.api.Test;

/** Feature table, section 1.1 ({@code perMessageDeflate}), and what DESIGN decided of it: frames on the wire. */
class DeflateTest {

    private static final String TARGET = "/engine.io/?EIO=4&transport=websocket";
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";
    private static final int COMPRESSED = 0x40; // RSV1
    private static final String LONG = "x".repeat(1_023); // with the type digit: the threshold

    @Test
    void givenContextTakeover_whenPacketsAreSent_thenThresholdAndFlagHoldForEach() {
        try (EchoServer server = new EchoServer(EngineOptions.builder()
                        .perMessageDeflate(DeflateOptions.defaults())
                        .build());
                RawWebSocket client = RawWebSocket.open(server.port(), TARGET, OFFER)) {
            assertThat(client.response()).contains("permessage-deflate");
            assertThat(isCompressed(client.read())).isFalse(); // the open packet is short

            EngineSocket socket = server.onlySocket();
            socket.send(text(LONG.substring(1)));
            socket.send(text(LONG));
            socket.send(text(LONG).compress(false));

            assertThat(isCompressed(client.read())).isFalse();
            RawWebSocket.Frame compressed = client.read();
            assertThat(isCompressed(compressed)).isTrue();
            assertThat(compressed.payload().length).isLessThan(50);
            assertThat(client.readText()).isEqualTo("4" + LONG);
        }
    }

    @Test
    void givenNothingSet_whenAClientOffersDeflate_thenItIsNotTaken() {
        try (EchoServer server = new EchoServer(EngineOptions.defaults());
                RawWebSocket client = RawWebSocket.open(server.port(), TARGET, OFFER)) {
            assertThat(client.response()).doesNotContain("permessage-deflate");
        }
    }

    private static boolean isCompressed(RawWebSocket.Frame frame) {
        return (frame.header() & COMPRESSED) != 0;
    }
}

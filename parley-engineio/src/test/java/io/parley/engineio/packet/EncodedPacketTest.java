package io.parley.engineio.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class EncodedPacketTest {

    @Test
    void givenAText_whenSentOverBothTransports_thenItStandsBehindItsType() {
        EncodedPacket packet = EncodedPacket.text("hi €");

        assertThat(packet.webSocketMessage().isText()).isTrue();
        assertThat(Outcomes.text(packet.webSocketMessage().payload())).isEqualTo("4hi €");
        assertThat(Outcomes.text(packet.pollingForm())).isEqualTo("4hi €");
    }

    @Test
    void givenBytes_whenSentOverBothTransports_thenTheyAreThemselvesOrBase64() {
        EncodedPacket packet = EncodedPacket.binary(ByteBuffer.wrap(new byte[] {(byte) 0xff, (byte) 0xef}));

        assertThat(packet.webSocketMessage().isText()).isFalse();
        assertThat(Outcomes.hex(packet.webSocketMessage().payload())).isEqualTo("ffef");
        assertThat(Outcomes.text(packet.pollingForm())).isEqualTo("b/+8=");
    }

    @Test
    void givenManyRecipients_whenSent_thenEachFormIsBuiltOnce() {
        EncodedPacket packet = EncodedPacket.text("shared");

        assertThat(packet.webSocketMessage()).isSameAs(packet.webSocketMessage());
    }

    @Test
    void givenAFormThatWasRead_whenReadAgain_thenItIsWhole() {
        EncodedPacket packet = EncodedPacket.binary(ByteBuffer.wrap(new byte[] {1}));
        packet.pollingForm().get();

        assertThat(packet.pollingForm().remaining()).isEqualTo(5);
    }

    @Test
    void givenAText_whenSentWithProtocol3_thenItIsTheSameMessage() {
        EncodedPacket packet = EncodedPacket.text("hi €");

        assertThat(packet.isBinary()).isFalse();
        assertThat(packet.typedMessage()).isSameAs(packet.webSocketMessage());
        assertThat(packet.base64Message()).isSameAs(packet.webSocketMessage());
    }

    @Test
    void givenBytes_whenSentWithProtocol3_thenTheTypeStandsBeforeThem() {
        EncodedPacket packet = EncodedPacket.binary(ByteBuffer.wrap(new byte[] {(byte) 0xff, (byte) 0xef}));

        assertThat(packet.isBinary()).isTrue();
        assertThat(packet.typedMessage().isText()).isFalse();
        assertThat(Outcomes.hex(packet.typedMessage().payload())).isEqualTo("04ffef");
        assertThat(packet.base64Message().isText()).isTrue();
        assertThat(Outcomes.text(packet.base64Message().payload())).isEqualTo("b4/+8=");
    }

    @Test
    void givenACrowdOfBothProtocols_whenSent_thenEachFormIsBuiltOnce() {
        EncodedPacket packet = EncodedPacket.binary(ByteBuffer.wrap(new byte[] {1}));

        assertThat(packet.webSocketMessage()).isSameAs(packet.webSocketMessage());
        assertThat(packet.typedMessage()).isSameAs(packet.typedMessage());
        assertThat(packet.base64Message()).isSameAs(packet.base64Message());
    }
}

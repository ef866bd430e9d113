package io.parley.socketio.packet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.parley.socketio.JsonCodec;
import java.nio.ByteBuffer;
import java.util.List;

/** Bytes from anywhere: seeds in the normal run, a search for more with {@code JAZZER_FUZZ=1}. */
class PacketFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void givenAnyText_whenDecoded_thenItIsAPacketThatCanBeSentOnOrRefused(byte[] data) {
        PacketDecoder decoder = new PacketDecoder(JsonCodec.standard());
        Packet packet;
        try {
            packet = decoder.add(new String(data, UTF_8));
            for (int i = 0; packet == null && i < 10; i++) {
                packet = decoder.add(ByteBuffer.wrap(new byte[] {(byte) i}));
            }
        } catch (PacketException expected) {
            return;
        }

        List<Object> messages = Wire.messages(new PacketEncoder(JsonCodec.standard()).encode(packet));

        assertThat(String.valueOf(Wire.decode(messages))).isEqualTo(packet.toString());
    }

    @FuzzTest(maxDuration = "1m")
    void givenAnyText_whenScanned_thenItIsTakenExactlyWhenAStrictParserTakesIt(byte[] data) {
        String text = new String(data, UTF_8);

        assertThat(PacketPropertiesTest.scannerTakes(text)).isEqualTo(PacketPropertiesTest.strictParserTakes(text));
    }
}

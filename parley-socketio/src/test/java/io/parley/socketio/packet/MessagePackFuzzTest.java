package io.parley.socketio.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.parley.socketio.JsonCodec;
import java.nio.ByteBuffer;

/** Bytes from anywhere: seeds in the normal run, a search for more with {@code JAZZER_FUZZ=1}. */
class MessagePackFuzzTest {

    private static final JsonPacketParser JSON =
            new JsonPacketParser(JsonCodec.standard(), new PacketLimits(1_000, 1_000));

    @FuzzTest(maxDuration = "1m")
    void givenAnyBytes_whenDecoded_thenTheyAreAPacketThatCanBeSentOnOrRefused(byte[] data) {
        Packet packet;
        try {
            packet = MessagePackSamples.PARSER.decoder().add(ByteBuffer.wrap(data));
        } catch (PacketException expected) {
            return;
        }

        String sentOn = MessagePackSamples.encode(packet);

        assertThat(MessagePackSamples.decode(sentOn)).hasToString(packet.toString());
        if (packet.namespace().startsWith("/") && packet.namespace().indexOf(',') < 0) {
            assertThat(throughJson(packet)).hasToString(packet.toString());
        }
    }

    /** What clients of a server with the other parser would get. */
    private static Packet throughJson(Packet packet) {
        PacketDecoder decoder = JSON.decoder();
        Packet decoded = null;
        for (Object message : Wire.messages(JSON.encode(packet))) {
            decoded =
                    message instanceof String text ? decoder.add(text) : decoder.add(ByteBuffer.wrap((byte[]) message));
        }
        return decoded;
    }
}

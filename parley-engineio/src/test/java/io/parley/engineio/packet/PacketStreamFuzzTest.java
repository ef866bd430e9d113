package io.parley.engineio.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.parley.engineio.DisconnectReason;
import io.parley.engineio.EngineException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Streams from anywhere: what was found before in the normal run, a search for more with {@code JAZZER_FUZZ=1}. */
class PacketStreamFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void givenAnyStream_whenDecoded_thenItsPacketsSurviveBeingSentOnOrItIsAParseError(byte[] stream) {
        List<EnginePacket> packets = decoded(stream, 1_000);

        assertThat(decoded(PacketStreamTest.streamOf(packets), 4_000)).isEqualTo(packets);
    }

    private static List<EnginePacket> decoded(byte[] stream, int maxPayloadBytes) {
        List<EnginePacket> packets = new ArrayList<>();
        try {
            new PacketStreamDecoder(maxPayloadBytes).decode(ByteBuffer.wrap(stream), packets::add);
        } catch (EngineException refused) {
            assertThat(refused.reason()).isEqualTo(DisconnectReason.PARSE_ERROR);
        }
        return packets;
    }
}

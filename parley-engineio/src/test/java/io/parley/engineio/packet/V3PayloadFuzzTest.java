package io.parley.engineio.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.parley.engineio.DisconnectReason;
import io.parley.engineio.EngineException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** Bodies of protocol 3 from anywhere: see {@link PayloadFuzzTest}. */
class V3PayloadFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void givenAnyBody_whenDecoded_thenItsPacketsSurviveBeingSentOnOrItIsAParseError(byte[] body) {
        check(taken(() -> V3PayloadDecoder.of(ByteBuffer.wrap(body))));
        check(taken(() -> new V3BinaryPayloadDecoder(ByteBuffer.wrap(body))));
    }

    private static List<EnginePacket> taken(Supplier<Iterator<EnginePacket>> decoder) {
        List<EnginePacket> packets = new ArrayList<>();
        try {
            decoder.get().forEachRemaining(packets::add);
        } catch (EngineException refused) {
            assertThat(refused.reason()).isEqualTo(DisconnectReason.PARSE_ERROR);
        }
        return packets;
    }

    private static void check(List<EnginePacket> packets) {
        List<EncodedPacket> sent = packets.stream().map(EncodedPacket::of).toList();

        assertThat(taken(() -> V3PayloadDecoder.of(V3PayloadEncoder.encodeText(sent))))
                .isEqualTo(packets);
        assertThat(taken(() -> new V3BinaryPayloadDecoder(V3PayloadEncoder.encodeBinary(sent))))
                .isEqualTo(packets);
    }
}

package io.parley.engineio.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.parley.engineio.DisconnectReason;
import io.parley.engineio.EngineException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Bodies from anywhere: what was found before in the normal run, a search for more with {@code JAZZER_FUZZ=1}. */
class PayloadFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void givenAnyBody_whenDecoded_thenItsPacketsSurviveBeingSentOnOrItIsAParseError(byte[] body) {
        List<EnginePacket> packets = new ArrayList<>();
        try {
            new PayloadDecoder(ByteBuffer.wrap(body)).forEachRemaining(packets::add);
        } catch (EngineException refused) {
            assertThat(refused.reason()).isEqualTo(DisconnectReason.PARSE_ERROR);
        }

        assertThat(sentOn(packets)).isEqualTo(packets);
    }

    private static List<EnginePacket> sentOn(List<EnginePacket> packets) {
        List<EnginePacket> again = new ArrayList<>();
        if (!packets.isEmpty()) {
            ByteBuffer body = PayloadEncoder.encode(
                    packets.stream().map(EncodedPacket::of).toList());
            new PayloadDecoder(body).forEachRemaining(again::add);
        }
        return again;
    }
}

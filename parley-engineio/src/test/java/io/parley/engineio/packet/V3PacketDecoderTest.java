package io.parley.engineio.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.engineio.DisconnectReason;
import io.parley.engineio.EngineException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class V3PacketDecoderTest {

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/engineio3-packets.csv", commentCharacter = '#')
    void givenAVector_whenDecoded_thenItsOutcomeMatches(String name, String source, String wire, String outcome) {
        assertThat(outcomeOf(wire)).as(name).isEqualTo(outcome);
    }

    @Test
    void givenABadPacket_whenDecoded_thenTheReasonIsParseError() {
        EngineException failure =
                catchThrowableOfType(EngineException.class, () -> V3PacketDecoder.decode(ByteBuffer.allocate(0)));

        assertThat(failure.reason()).isEqualTo(DisconnectReason.PARSE_ERROR);
    }

    private static String outcomeOf(String wire) {
        try {
            return Outcomes.of(
                    Outcomes.isBinary(wire)
                            ? V3PacketDecoder.decode(Outcomes.marked(wire))
                            : V3PacketDecoder.decode(Outcomes.text(Outcomes.marked(wire))));
        } catch (EngineException expected) {
            return Outcomes.problem(expected);
        }
    }
}

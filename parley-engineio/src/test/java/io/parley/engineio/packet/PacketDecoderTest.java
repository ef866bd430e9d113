package io.parley.engineio.packet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.engineio.DisconnectReason;
import io.parley.engineio.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class PacketDecoderTest {

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/engineio4-packets.csv", commentCharacter = '#')
    void givenAVector_whenDecoded_thenItsOutcomeMatches(String name, String source, String wire, String outcome) {
        String text = UTF_8.decode(Outcomes.bytes(wire)).toString();

        assertThat(outcomeOf(text)).as(name).isEqualTo(outcome.replace("\\0", "\0"));
    }

    @Test
    void givenABadPacket_whenDecoded_thenTheReasonIsParseError() {
        EngineException failure = catchThrowableOfType(EngineException.class, () -> PacketDecoder.decode("x"));

        assertThat(failure.reason()).isEqualTo(DisconnectReason.PARSE_ERROR);
    }

    private static String outcomeOf(String text) {
        try {
            return Outcomes.of(PacketDecoder.decode(text));
        } catch (EngineException expected) {
            return Outcomes.problem(expected);
        }
    }
}

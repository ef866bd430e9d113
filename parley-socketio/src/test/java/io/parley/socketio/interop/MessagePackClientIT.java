package io.parley.socketio.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.packet.MessagePackParser;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link OfficialClientIT}, with the official MessagePack parser at each end but ours. */
class MessagePackClientIT {

    private static Transcripts transcripts;

    @BeforeAll
    static void start() {
        transcripts = Transcripts.play("scenario-client.cjs", "msgpack", MessagePackParser::new);
    }

    @AfterAll
    static void stop() {
        transcripts.close();
    }

    static Stream<Arguments> scenarios() {
        return transcripts.all();
    }

    @ParameterizedTest(name = "{0} over {1}")
    @MethodSource("scenarios")
    void givenAScenario_whenPlayedOnBothServers_thenTheTranscriptsAreTheSame(String scenario, String mode) {
        Object expected = transcripts.ofOfficial(scenario, mode);

        assertThat(transcripts.ofOurs(scenario, mode)).isEqualTo(expected);
    }
}

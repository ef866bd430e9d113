package io.parley.engineio.packet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.engineio.EngineException;
import io.parley.testkit.Generator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class PayloadTest {

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/engineio4-payloads.csv", commentCharacter = '#')
    void givenAVector_whenDecoded_thenItsOutcomesMatch(String name, String source, String body, String outcomes) {
        assertThat(String.join("|", outcomesOf(Outcomes.bytes(body)))).as(name).isEqualTo(outcomes);
    }

    @Test
    void givenABodyInTheMiddleOfABuffer_whenDecoded_thenOnlyItIsRead() {
        ByteBuffer buffer =
                ByteBuffer.wrap("xx4a\u001e4bxx".getBytes(UTF_8)).position(2).limit(7);

        assertThat(outcomesOf(buffer)).containsExactly("MESSAGE a", "MESSAGE b");
    }

    @Test
    void givenAReadOnlyBody_whenDecoded_thenItsPacketsAreThere() {
        ByteBuffer body = ByteBuffer.wrap("4a".getBytes(UTF_8)).asReadOnlyBuffer();

        assertThat(outcomesOf(body)).containsExactly("MESSAGE a");
    }

    @Test
    void givenTheEndOfABody_whenAskedForMore_thenFailsClearly() {
        PayloadDecoder decoder = new PayloadDecoder(ByteBuffer.wrap("6".getBytes(UTF_8)));
        decoder.next();

        assertThatThrownBy(decoder::next)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("next() after the last packet; check hasNext() first");
    }

    @Test
    void givenPackets_whenEncoded_thenTheBodyIsTheOfficialOne() {
        List<EncodedPacket> packets = List.of(
                EncodedPacket.text("€"),
                EncodedPacket.binary(ByteBuffer.wrap(new byte[] {1, 2, 3, 4})),
                EncodedPacket.of(new EnginePacket.Ping("")));

        ByteBuffer body = PayloadEncoder.encode(packets);

        assertThat(Outcomes.text(body)).isEqualTo("4€\u001ebAQIDBA==\u001e2");
    }

    @Test
    void givenAnyPackets_whenEncodedAndDecoded_thenTheyAreTheSame() {
        Generator.check(300, generator -> {
            List<EnginePacket> packets = Samples.packets(generator);

            ByteBuffer body = PayloadEncoder.encode(
                    packets.stream().map(EncodedPacket::of).toList());

            assertThat(outcomesOf(body))
                    .isEqualTo(packets.stream().map(Outcomes::of).toList());
        });
    }

    @Test
    void givenAnyBytes_whenDecoded_thenTheyArePacketsOrAMistakeOfThePeer() {
        Generator.check(300, generator -> {
            ByteBuffer body = ByteBuffer.wrap(generator.bytes(generator.length(200)));

            assertThat(outcomesOf(body)).isNotEmpty();
        });
    }

    private static List<String> outcomesOf(ByteBuffer body) {
        List<String> outcomes = new ArrayList<>();
        PayloadDecoder decoder = new PayloadDecoder(body);
        try {
            while (decoder.hasNext()) {
                outcomes.add(Outcomes.of(decoder.next()));
            }
        } catch (EngineException expected) {
            outcomes.add("!");
        }
        return outcomes;
    }
}

package io.parley.engineio.packet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.engineio.EngineException;
import io.parley.testkit.Generator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Feature table, section 1.9: the payloads. */
class V3PayloadTest {

    private static final List<EncodedPacket> MIXED = List.of(
            EncodedPacket.text("€😀"),
            EncodedPacket.binary(ByteBuffer.wrap(new byte[] {1, 2, 3, 4})),
            EncodedPacket.of(new EnginePacket.Pong("")));

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/engineio3-payloads.csv", commentCharacter = '#', emptyValue = "")
    void givenAVector_whenDecoded_thenItsOutcomesMatch(String name, String source, String body, String outcomes) {
        assertThat(String.join("|", outcomesOf(Outcomes.marked(body), Outcomes.isBinary(body))))
                .as(name)
                .isEqualTo(outcomes);
    }

    @Test
    void givenPackets_whenEncodedAsText_thenLengthsCountCodeUnitsAndBinaryIsBase64() {
        ByteBuffer body = V3PayloadEncoder.encodeText(MIXED);

        assertThat(Outcomes.text(body)).isEqualTo("4:4€😀10:b4AQIDBA==1:3");
    }

    @Test
    void givenPackets_whenEncodedAsBinary_thenLengthsCountBytes() {
        ByteBuffer body = V3PayloadEncoder.encodeBinary(MIXED);

        assertThat(Outcomes.hex(body)).isEqualTo("0008ff34e282acf09f9880" + "0105ff0401020304" + "0001ff33");
    }

    @Test
    void givenNoPackets_whenEncodedAsText_thenTheBodySaysSo() {
        assertThat(Outcomes.text(V3PayloadEncoder.encodeText(List.of()))).isEqualTo("0:");
        assertThat(Outcomes.hex(V3PayloadEncoder.encodeBinary(List.of()))).isEmpty();
    }

    @Test
    void givenABodyInTheMiddleOfABuffer_whenDecoded_thenOnlyItIsRead() {
        ByteBuffer text =
                ByteBuffer.wrap("xx2:4a1:6xx".getBytes(UTF_8)).position(2).limit(9);
        ByteBuffer binary = ByteBuffer.wrap(new byte[] {9, 9, 0, 1, (byte) 255, '6', 9})
                .position(2)
                .limit(6)
                .asReadOnlyBuffer();

        assertThat(outcomesOf(text, false)).containsExactly("MESSAGE a", "NOOP");
        assertThat(outcomesOf(binary, true)).containsExactly("NOOP");
    }

    @Test
    void givenTheEndOfABody_whenAskedForMore_thenFailsClearly() {
        Iterator<EnginePacket> text = decoder(ByteBuffer.wrap("0:".getBytes(UTF_8)), false);
        Iterator<EnginePacket> binary = decoder(ByteBuffer.allocate(0), true);

        assertThatThrownBy(text::next)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("next() after the last packet; check hasNext() first");
        assertThatThrownBy(binary::next)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("next() after the last packet; check hasNext() first");
    }

    @Test
    void givenAnyPackets_whenEncodedAndDecoded_thenTheyAreTheSame() {
        Generator.check(300, generator -> {
            List<EnginePacket> packets = Samples.packets(generator);
            List<EncodedPacket> encoded =
                    packets.stream().map(EncodedPacket::of).toList();
            List<String> expected = packets.stream().map(Outcomes::of).toList();

            assertThat(outcomesOf(V3PayloadEncoder.encodeText(encoded), false)).isEqualTo(expected);
            assertThat(outcomesOf(V3PayloadEncoder.encodeBinary(encoded), true)).isEqualTo(expected);
        });
    }

    @Test
    void givenAnyBytes_whenDecoded_thenTheyArePacketsOrAMistakeOfThePeer() {
        Generator.check(300, generator -> {
            byte[] bytes = generator.bytes(generator.length(200));
            for (int i = 0; i < bytes.length && generator.bool(); i++) {
                bytes[i] = generator.oneOf(List.of((byte) 0, (byte) 1, (byte) '1', (byte) ':', (byte) 255, (byte) '4'));
            }

            assertThat(outcomesOf(ByteBuffer.wrap(bytes), false)).isNotNull();
            assertThat(outcomesOf(ByteBuffer.wrap(bytes), true)).isNotNull();
        });
    }

    private static List<String> outcomesOf(ByteBuffer body, boolean binary) {
        List<String> outcomes = new ArrayList<>();
        try {
            decoder(body, binary).forEachRemaining(packet -> outcomes.add(Outcomes.of(packet)));
        } catch (EngineException expected) {
            outcomes.add("!" + Outcomes.problem(expected));
        }
        return outcomes;
    }

    private static Iterator<EnginePacket> decoder(ByteBuffer body, boolean binary) {
        return binary ? new V3BinaryPayloadDecoder(body) : V3PayloadDecoder.of(body);
    }
}

package io.parley.engineio.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.engineio.EngineException;
import io.parley.testkit.Generator;
import io.parley.websocket.Excerpt;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class PacketStreamTest {

    private static final int MAX = 1_000;

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/engineio4-stream.csv", commentCharacter = '#')
    void givenAVector_whenDecoded_thenItsOutcomesMatch(String name, String source, String bytes, String outcomes) {
        assertThat(String.join("|", outcomesOf(Outcomes.bytes(bytes), MAX)))
                .as(name)
                .isEqualTo(outcomes);
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/engineio4-stream.csv", commentCharacter = '#')
    void givenAVector_whenFedByteByByte_thenItsOutcomesMatch(
            String name, String source, String bytes, String expected) {
        PacketStreamDecoder decoder = new PacketStreamDecoder(MAX);
        List<String> outcomes = new ArrayList<>();
        ByteBuffer all = Outcomes.bytes(bytes);

        while (all.hasRemaining()) {
            decode(decoder, ByteBuffer.wrap(new byte[] {all.get()}), outcomes);
        }

        assertThat(String.join("|", outcomes)).as(name).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0", "1001", "9007199254740992", "18446744073709551615"})
    void givenALengthOutOfBounds_whenDecoded_thenTheMessageSaysWhatIsAllowed(String length) {
        ByteBuffer bytes = ByteBuffer.allocate(9)
                .put((byte) 127)
                .putLong(Long.parseUnsignedLong(length))
                .flip();

        assertThatThrownBy(() -> new PacketStreamDecoder(MAX).decode(bytes, packet -> {}))
                .isInstanceOf(EngineException.class)
                .hasMessage("Packet of " + length + " bytes (expected: 1 to 1000, the limit maxHttpBufferSize) in \""
                        + Excerpt.of(bytes.rewind()) + '"');
    }

    @Test
    void givenALimitBelowOne_whenMade_thenFailsClearly() {
        assertThatThrownBy(() -> new PacketStreamDecoder(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxPayloadBytes: 0 (expected: 1 or more)");
    }

    @ParameterizedTest(name = "{0} bytes: {1}")
    @CsvSource({
        "1, 01",
        "125, 7d",
        "126, 7e007e",
        "65535, 7effff",
        "65536, 7f0000000000010000",
    })
    void givenATextPacket_whenFramed_thenTheLengthStandsInItsShortestForm(int length, String header) {
        EncodedPacket packet = EncodedPacket.text("x".repeat(length - 1));

        String form = Outcomes.hex(packet.streamForm());

        assertThat(form).isEqualTo(header + "34" + "78".repeat(length - 1));
    }

    @ParameterizedTest(name = "{0} bytes: {1}")
    @CsvSource({
        "1, 81",
        "125, fd",
        "126, fe007e",
        "65535, feffff",
        "65536, ff0000000000010000",
    })
    void givenABinaryPacket_whenFramed_thenTheFirstBitSaysSo(int length, String header) {
        EncodedPacket packet = EncodedPacket.binary(ByteBuffer.wrap(new byte[length]));

        String form = Outcomes.hex(packet.streamForm());

        assertThat(form).isEqualTo(header + "00".repeat(length));
        assertThat(packet.webSocketMessage().payload().remaining()).isEqualTo(length);
    }

    @Test
    void givenABinaryPacketWithoutAByte_whenFramed_thenItIsBase64InATextPacket() {
        EncodedPacket packet = EncodedPacket.binary(ByteBuffer.allocate(0));

        assertThat(Outcomes.hex(packet.streamForm())).isEqualTo("0162");
        assertThat(outcomesOf(packet.streamForm(), MAX)).containsExactly("MESSAGE 0x");
    }

    @Test
    void givenABinaryPacket_whenFramedForMany_thenTheyShareOneForm() {
        EncodedPacket packet = EncodedPacket.binary(ByteBuffer.wrap(new byte[] {1}));

        ByteBuffer first = packet.streamForm();
        first.get();

        assertThat(packet.streamForm().remaining()).isEqualTo(2);
        assertThat(first.isReadOnly()).isTrue();
    }

    @Test
    void givenAnyPackets_whenFramedAndFedInAnyPieces_thenTheyAreTheSame() {
        Generator.check(300, generator -> {
            List<EnginePacket> packets = packets(generator);
            ByteBuffer stream = ByteBuffer.wrap(streamOf(packets));
            PacketStreamDecoder decoder = new PacketStreamDecoder(200_000);
            List<String> outcomes = new ArrayList<>();

            while (stream.hasRemaining()) {
                int length = Math.min(stream.remaining(), generator.integer(1, 10_000));
                decode(decoder, stream.slice(stream.position(), length), outcomes);
                stream.position(stream.position() + length);
            }

            assertThat(outcomes).isEqualTo(packets.stream().map(Outcomes::of).toList());
        });
    }

    private static List<EnginePacket> packets(Generator generator) {
        List<EnginePacket> packets = new ArrayList<>();
        for (int left = generator.integer(1, 8); left > 0; left--) {
            packets.add(packet(generator));
        }
        return packets;
    }

    private static EnginePacket packet(Generator generator) {
        return switch (generator.integer(0, 4)) {
            case 0 -> new EnginePacket.Open(generator.text(generator.length(300)));
            case 1 -> new EnginePacket.Close();
            case 2 -> new EnginePacket.Ping(generator.text(generator.length(300)));
            case 3 -> new EnginePacket.Binary(ByteBuffer.wrap(generator.bytes(generator.length(70_000))));
            default -> new EnginePacket.Text(generator.text(generator.length(300)));
        };
    }

    static byte[] streamOf(List<EnginePacket> packets) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (EnginePacket packet : packets) {
            ByteBuffer form = EncodedPacket.of(packet).streamForm();
            byte[] bytes = new byte[form.remaining()];
            form.get(bytes);
            stream.writeBytes(bytes);
        }
        return stream.toByteArray();
    }

    private static List<String> outcomesOf(ByteBuffer bytes, int max) {
        List<String> outcomes = new ArrayList<>();
        decode(new PacketStreamDecoder(max), bytes, outcomes);
        return outcomes;
    }

    private static void decode(PacketStreamDecoder decoder, ByteBuffer bytes, List<String> outcomes) {
        try {
            decoder.decode(bytes, packet -> outcomes.add(Outcomes.of(packet)));
        } catch (EngineException expected) {
            outcomes.add("!");
        }
    }
}

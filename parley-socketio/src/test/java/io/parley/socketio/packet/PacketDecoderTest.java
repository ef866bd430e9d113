package io.parley.socketio.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.socketio.JsonCodec;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class PacketDecoderTest {

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(
            resources = "/vectors/decode.csv",
            delimiter = '|',
            quoteCharacter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            emptyValue = "",
            nullValues = "not used")
    void givenAVector_whenDecoded_thenItsOutcomeMatches(String name, String messages, String outcome) {
        String text = messages == null ? "" : messages;

        assertThat(outcomeOf(text)).isEqualTo(outcome);
    }

    private static String outcomeOf(String messages) {
        PacketDecoder decoder = new PacketDecoder(JsonCodec.standard());
        Packet packet = null;
        try {
            for (String message : messages.split(" \\+ ", -1)) {
                packet = add(decoder, message);
            }
        } catch (PacketException e) {
            return e.getMessage();
        }
        return packet == null ? "nothing yet" : describe(packet);
    }

    private static Packet add(PacketDecoder decoder, String message) {
        return message.startsWith("b:")
                ? decoder.add(ByteBuffer.wrap(HexFormat.of().parseHex(message.substring(2))))
                : decoder.add(message);
    }

    private static String describe(Packet packet) {
        String head = packet.type() + " " + packet.namespace();
        return switch (packet.type()) {
            case CONNECT -> head + " payload " + ((Packet.Connect) packet).payload();
            case DISCONNECT -> head;
            case EVENT -> {
                Packet.Event event = (Packet.Event) packet;
                yield head + " " + event.name() + " id " + event.ackId() + " " + event.arguments();
            }
            case ACK -> head + " id " + ((Packet.Ack) packet).ackId() + " " + ((Packet.Ack) packet).arguments();
            case CONNECT_ERROR -> head + " payload " + ((Packet.ConnectError) packet).payload();
        };
    }

    @Test
    void givenADecoder_whenAttachmentsAreToCome_thenANewOneWouldNotDo() {
        PacketDecoder decoder = new PacketDecoder(JsonCodec.standard());
        assertThat(decoder.isBlank()).isTrue();

        decoder.add("51-[\"file\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(decoder.isBlank()).isFalse();

        decoder.add(ByteBuffer.wrap(new byte[] {1}));
        assertThat(decoder.isBlank()).isTrue();
    }

    @Test
    void givenAttachmentsToCome_whenTheFirstArrives_thenThereIsNoPacketYet() {
        PacketDecoder decoder = new PacketDecoder(JsonCodec.standard());

        Packet afterText = decoder.add("52-[\"x\",{\"_placeholder\":true,\"num\":1}]");
        Packet afterFirst = decoder.add(ByteBuffer.wrap(new byte[] {1}));
        Packet afterSecond = decoder.add(ByteBuffer.wrap(new byte[] {2, 3}));

        assertThat(afterText).isNull();
        assertThat(afterFirst).isNull();
        assertThat(((Packet.Event) afterSecond).arguments().bytes(0)).containsExactly(2, 3);
    }

    @Test
    void givenABinaryPacketIsComplete_whenTextFollows_thenItIsDecoded() {
        PacketDecoder decoder = new PacketDecoder(JsonCodec.standard());
        decoder.add("51-[\"x\"]");
        decoder.add(ByteBuffer.allocate(0));

        Packet packet = decoder.add("2[\"y\"]");

        assertThat(describe(packet)).isEqualTo("EVENT / y id null []");
    }

    @Test
    void givenTheDeepestNesting_whenDecoded_thenItIsTaken() {
        PacketDecoder decoder = new PacketDecoder(JsonCodec.standard(), new PacketLimits(10, 4));

        Packet packet = decoder.add("2[\"x\",[{\"a\":[]}]]");

        assertThat(describe(packet)).isEqualTo("EVENT / x id null [an array]");
    }

    @Test
    void givenNestingBeyondTheLimit_whenDecoded_thenItIsRefused() {
        PacketDecoder decoder = new PacketDecoder(JsonCodec.standard(), new PacketLimits(10, 4));

        assertThatThrownBy(() -> decoder.add("2[\"x\",[{\"a\":[[]]}]]"))
                .isInstanceOf(PacketException.class)
                .hasMessage("JSON nested deeper than 4 levels in \"2[\"x\",[{\"a\":[[]]}]]\"");
    }

    @Test
    void givenAMillionBrackets_whenDecoded_thenTheyAreRefusedAtOnce() {
        PacketDecoder decoder = new PacketDecoder(JsonCodec.standard());

        assertThatThrownBy(() -> decoder.add("2[\"x\"," + "[".repeat(1_000_000)))
                .isInstanceOf(PacketException.class)
                .hasMessageStartingWith("JSON nested deeper than 512 levels in \"2[\"x\",[[[");
    }

    @Test
    void givenMorePlaceholdersThanAttachmentsMayBe_whenDecoded_thenTheyAreRefused() {
        PacketDecoder decoder = new PacketDecoder(JsonCodec.standard(), new PacketLimits(2, 512));
        String placeholder = ",{\"_placeholder\":true,\"num\":0}";

        assertThatThrownBy(() -> decoder.add("51-[\"x\"" + placeholder.repeat(3) + "]"))
                .isInstanceOf(PacketException.class)
                .hasMessageStartingWith("More than 2 placeholders in \"51-[\"x\"");
    }
}

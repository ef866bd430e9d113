package io.parley.socketio.packet;

import static io.parley.socketio.packet.MessagePackSamples.PARSER;
import static io.parley.socketio.packet.MessagePackSamples.bytes;
import static io.parley.socketio.packet.MessagePackSamples.decode;
import static io.parley.socketio.packet.MessagePackSamples.encode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.socketio.Arguments;
import io.parley.socketio.JsonCodec;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class MessagePackParserTest {

    private static final String EVENT_X = "83a474797065" + "02a36e7370a12fa464617461"; // data comes last

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/msgpack.csv", delimiter = '|', maxCharsPerColumn = 20_000)
    void givenAVector_whenDecoded_thenItsOutcomeMatches(String name, String hex, String outcome) {
        assertThat(outcomeOf(hex)).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/msgpack.csv", delimiter = '|', maxCharsPerColumn = 20_000)
    void givenAPacketCutAnywhere_whenDecoded_thenItIsRefused(String name, String hex, String outcome) {
        boolean isPacket = outcome.endsWith("]");
        for (int length = 0; isPacket && length < hex.length(); length += 2) {
            String cut = hex.substring(0, length);

            assertThatThrownBy(() -> decode(cut)).as(cut).isInstanceOf(PacketException.class);
        }
    }

    private static String outcomeOf(String hex) {
        try {
            return decode(hex).toString();
        } catch (PacketException refused) {
            return refused.getMessage();
        }
    }

    @Test
    void givenEachPacket_whenEncoded_thenItIsOneMapWithTheKeysInTheOfficialOrder() {
        assertThat(encode(new Packet.Connect("/", "{\"sid\":\"a\"}")))
                .isEqualTo("83a47479706500a46461746181a3736964a161a36e7370a12f");
        assertThat(encode(new Packet.Connect("/b", null))).isEqualTo("82a47479706500a36e7370a22f62");
        assertThat(encode(new Packet.Disconnect("/"))).isEqualTo("82a47479706501a36e7370a12f");
        assertThat(encode(new Packet.Event("/", "x", Arguments.of(1), 300L)))
                .isEqualTo("84a47479706502a46461746192a17801a26964cd012ca36e7370a12f");
        assertThat(encode(new Packet.Ack("/", 0, Arguments.of())))
                .isEqualTo("84a47479706503a46461746190a2696400a36e7370a12f");
        assertThat(encode(new Packet.ConnectError("/", "{\"message\":\"no\"}")))
                .isEqualTo("83a47479706504a46461746181a76d657373616765a26e6fa36e7370a12f");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0, 00",
        "127, 7f",
        "128, cc80",
        "256, cd0100",
        "65536, ce00010000",
        "4294967296, cf0000000100000000",
        "9223372036854775807, cf7fffffffffffffff",
        "-1, ff",
        "-32, e0",
        "-33, d0df",
        "-129, d1ff7f",
        "-32769, d2ffff7fff",
        "-2147483649, d3ffffffff7fffffff"
    })
    void givenAnInteger_whenEncoded_thenItsFormIsTheShortest(long value, String hex) {
        assertThat(valueOf(value)).isEqualTo(hex);
        assertThat(valueOf((double) value)).isEqualTo(Math.abs(value) > 1L << 53 ? valueOf((double) value) : hex);
    }

    @Test
    void givenNumbersThatAreNoIntegers_whenEncoded_thenTheyHave64Bits() {
        assertThat(valueOf(1.5)).isEqualTo("cb3ff8000000000000");
        assertThat(valueOf(1.5f)).isEqualTo("cb3ff8000000000000");
        assertThat(valueOf(0x1p63)).isEqualTo("cb43e0000000000000"); // the official parser would write an integer
        assertThat(valueOf(Double.NaN)).isEqualTo("cb7ff8000000000000");
        assertThat(valueOf(-0.0)).isEqualTo("00");
    }

    @Test
    void givenHalfASurrogatePair_whenEncoded_thenItIsReplaced() {
        assertThat(valueOf("\ud83d")).isEqualTo("a3efbfbd");
        assertThat(valueOf("\ude00a")).isEqualTo("a4efbfbd61");
        assertThat(valueOf("\ud83d\ude00")).isEqualTo("a4f09f9880");
    }

    @Test
    void givenBinaryInAuth_whenDecoded_thenItIsPrintedAsNodeDoes() {
        Packet packet = decode("83a47479706500a36e7370a12fa46461746181a162c4020aff");

        assertThat(((Packet.Connect) packet).payload()).isEqualTo("{\"b\":{\"type\":\"Buffer\",\"data\":[10,255]}}");
    }

    @Test
    void givenText_whenDecoded_thenItIsRefused() {
        assertThatThrownBy(() -> PARSER.decoder().add("2[\"x\"]"))
                .isInstanceOf(PacketException.class)
                .hasMessage("Text (expected: MessagePack, so binary) in \"2[\"x\"]\"");
    }

    @Test
    void givenNestingAtTheLimit_whenDecoded_thenOneMoreIsRefused() {
        PacketParser.Decoder decoder = new MessagePackParser(JsonCodec.standard(), new PacketLimits(10, 4)).decoder();

        assertThat(decoder.add(bytes(EVENT_X + "92a178" + "919190"))).isNotNull();
        assertThatThrownBy(() -> decoder.add(bytes(EVENT_X + "92a178" + "91919190")))
                .isInstanceOf(PacketException.class)
                .hasMessageStartingWith("MessagePack nested deeper than 4 levels in ");
        assertThatThrownBy(() -> decoder.add(bytes(EVENT_X + "92a178" + "81a1618181")))
                .isInstanceOf(PacketException.class);
    }

    @Test
    void givenAMillionLevels_whenDecoded_thenTheyAreRefused() {
        assertThatThrownBy(() -> decode(EVENT_X + "91".repeat(1_000_000)))
                .isInstanceOf(PacketException.class)
                .hasMessageStartingWith("MessagePack nested deeper than 512 levels in ");
    }

    @Test
    void givenBinaryValuesAtTheLimit_whenDecoded_thenOneMoreIsRefused() {
        PacketParser.Decoder decoder =
                new MessagePackParser(JsonCodec.standard(), new PacketLimits(10, 4, 2)).decoder();

        assertThat(decoder.add(bytes(EVENT_X + "93a178" + "c400" + "c70000"))).isNotNull();
        assertThatThrownBy(() -> decoder.add(bytes(EVENT_X + "94a178" + "c400" + "d40500" + "91c400")))
                .isInstanceOf(PacketException.class)
                .hasMessageStartingWith("More than 2 binary values in ");
    }

    @ParameterizedTest
    @CsvSource({"c6ffffffff", "dbffffffff", "c9ffffffff00", "ddffffffff", "dfffffffff", "df7fffffff", "dd7fffffff"})
    void givenALengthThatTheBytesDoNotHave_whenDecoded_thenItIsRefusedBeforeAnythingIsMade(String header) {
        assertThatThrownBy(() -> decode(EVENT_X + "92a178" + header + "0102"))
                .isInstanceOf(PacketException.class)
                .hasMessageStartingWith("MessagePack that ends ");
    }

    @Test
    void givenALongMessage_whenRefused_thenTheMessageHasItsFirst64BytesEscaped() {
        ByteBuffer hostile = ByteBuffer.allocate(1_000).put(0, (byte) 0xc1).put(1, (byte) '\n');

        assertThatThrownBy(() -> PARSER.decoder().add(hostile))
                .hasMessage(
                        "Byte 0xc1 (expected: a MessagePack value) at 1 in \"\\xc1\\x0a" + "\\x00".repeat(62) + "…\"");
    }

    @Test
    void givenTheDecoder_whenAskedForTwice_thenItIsTheSame() {
        assertThat(PARSER.decoder()).isSameAs(PARSER.decoder());
    }

    /** The bytes of one argument. */
    private static String valueOf(Object value) {
        String packet = encode(new Packet.Ack("/", 0, Arguments.of(value)));
        List<String> around = List.of("84a47479706503a46461746191", "a2696400a36e7370a12f");
        assertThat(packet).startsWith(around.get(0)).endsWith(around.get(1));
        return packet.substring(
                around.get(0).length(), packet.length() - around.get(1).length());
    }
}

package io.parley.socketio.packet;

import static io.parley.socketio.packet.MessagePackSamples.decode;
import static io.parley.socketio.packet.MessagePackSamples.encode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.socketio.Argument;
import io.parley.socketio.Argument.Kind;
import io.parley.socketio.ArgumentException;
import io.parley.socketio.Arguments;
import io.parley.socketio.JsonCodec;
import io.parley.socketio.TypeToken;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments are the same to a handler, whichever parser brought them, and survive being sent on by either. */
class MessagePackArgumentsTest {

    @SuppressWarnings("ArrayRecordComponent") // bytes inside of a record are what is tested
    record Photo(String name, Instant taken, byte[] pixels, List<Integer> sizes) {}

    private static final Photo PHOTO = new Photo("p", Instant.ofEpochMilli(1_500), new byte[] {1, 2}, List.of(3, 4));

    private static final JsonPacketParser JSON = new JsonPacketParser(JsonCodec.standard(), PacketLimits.DEFAULT);

    @Test
    void givenARecord_whenSentAndReceived_thenItIsTheSame() {
        Arguments received = roundTrip(PHOTO);

        assertThat(received.as(0, Photo.class)).usingRecursiveComparison().isEqualTo(PHOTO);
    }

    @Test
    void givenDatesAndBytes_whenSent_thenTheyAreDatesAndBytesOfMessagePack() {
        String date = "d700" + "00000000000005dc";

        assertThat(encode(ack(PHOTO.taken()))).contains("91" + date);
        assertThat(encode(ack(Date.from(PHOTO.taken())))).contains("91" + date);
        assertThat(encode(ack(PHOTO))).contains("a574616b656e" + date).contains("a6706978656c73" + "c4020102");
        assertThat(encode(ack(Map.of("a", Arrays.asList(PHOTO.taken(), null))))).contains("9181a16192" + date + "c0");
    }

    @Test
    void givenEachKind_whenAskedFor_thenItIsWhatJsonWouldHaveBrought() {
        Arguments args =
                event("9c" + "a178" + "05" + "cb3ff8000000000000" + "c3" + "c0" + "d40000" + "cb7ff8000000000000"
                        + "d70000000000000005dc" + "d7007fffffffffffffff" + "c402ff00" + "d5050102" + "81a161d40000");

        assertThat(kinds(args))
                .containsExactly(
                        Kind.NUMBER,
                        Kind.NUMBER,
                        Kind.BOOLEAN,
                        Kind.NULL,
                        Kind.NULL,
                        Kind.NULL,
                        Kind.STRING,
                        Kind.NULL,
                        Kind.BINARY,
                        Kind.ARRAY,
                        Kind.OBJECT);
        assertThat(args.integer(0)).isEqualTo(5);
        assertThat(args.as(0, Long.class)).isEqualTo(5L);
        assertThat(args.number(1)).isEqualTo(1.5);
        assertThat(args.bool(2)).isTrue();
        assertThat(args.string(6)).isEqualTo("1970-01-01T00:00:01.500Z");
        assertThat(args.as(6, Instant.class)).isEqualTo(PHOTO.taken());
        assertThat(args.bytes(8)).containsExactly(0xff, 0);
        assertThat(args.as(8, ByteBuffer.class).isReadOnly()).isTrue();
        assertThat(args.as(9, new TypeToken<List<Object>>() {})).first().isEqualTo(5);
        assertThat(args.as(10, Object.class)).isEqualTo(Map.of());
        assertThat(args.lengthHint()).isPositive();
    }

    @Test
    void givenAnotherType_whenAskedFor_thenTheMessageIsThatOfJson() {
        Arguments args = event("93" + "a178" + "a161" + "81a46e616d6505");
        Arguments json = ((Packet.Event) JSON.decoder().add("2[\"x\",\"a\",{\"name\":5}]")).arguments();

        assertThat(refusal(() -> args.integer(0)))
                .isEqualTo(refusal(() -> json.integer(0)))
                .contains("is a string: \"a\" (expected: an integer)");
        assertThat(refusal(() -> args.as(1, Photo.class))).isEqualTo(refusal(() -> json.as(1, Photo.class)));
        assertThat(refusal(() -> args.string(2))).isEqualTo(refusal(() -> json.string(2)));
        Arguments reply = ((Packet.Ack) decode(encode(ack(1)))).arguments();
        assertThat(refusal(() -> reply.string(0)))
                .isEqualTo(refusal(() ->
                        ((Packet.Ack) JSON.decoder().add("31[1]")).arguments().string(0)));
    }

    private static String refusal(Runnable question) {
        try {
            question.run();
            return "none";
        } catch (ArgumentException refused) {
            return refused.getMessage();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "80|{}",
                "90|[]",
                "82a161d40000a162c0|{\"b\":null}",
                "83a161010205cb3ff8000000000000c2|{\"a\":1,\"2\":5,\"1.5\":false}",
                "93cb7ff0000000000000d40000cf8000000000000000|[null,null,9223372036854776000]",
                "91d7000000018bcfe5687b|[\"2023-11-14T22:13:20.123Z\"]",
                "92c40101d6ff00000001|[{\"_placeholder\":true,\"num\":0},[-1,{\"_placeholder\":true,\"num\":1}]]",
                "92a122a3efbfbd|[\"\\\"\",\"\ufffd\"]",
                "91a1c3|[\"\ufffd\"]"
            })
    void givenAnArgument_whenSentToClientsWithJson_thenItIsTheirs(String hex, String json) {
        Argument argument = event("92" + "a178" + hex).get(0);

        String text = (String) Wire.messages(JSON.encode(ack(argument))).get(0);

        assertThat(text.substring(text.indexOf('['))).isEqualTo("[" + json + "]");
    }

    @Test
    void givenBytesFromJson_whenSentToClientsWithMessagePack_thenTheyAreInTheirPlaces() {
        PacketDecoder decoder = JSON.decoder();
        decoder.add(
                "52-[\"x\",{\"a\":[{\"_placeholder\":true,\"num\":1},{\"num\":0,\"_placeholder\":true}]},\"\\u00fc\"]");
        decoder.add(ByteBuffer.wrap(new byte[] {1}));
        Packet.Event event = (Packet.Event) decoder.add(ByteBuffer.wrap(new byte[] {2, 2}));

        assertThat(encode(event)).contains("93a17881a16192" + "c4020202" + "c40101" + "a2c3bc");
        assertThat(encode(ack(event.arguments().get(0), 1))).contains("9281a16192" + "c4020202" + "c40101" + "01");
        assertThat(encode(ack(List.of(event.arguments().get(0))))).contains("919181a16192" + "c4020202" + "c40101");
    }

    @Test
    void givenAnArgument_whenSentOnInsideOfAValue_thenDatesAndBytesSurvive() {
        Argument argument =
                event("92a178" + "92d700" + "00000000000005dc" + "c40101").get(0);

        assertThat(encode(ack(Map.of("a", argument)))).contains("9181a161" + "92d700" + "00000000000005dc" + "c40101");
        assertThat(encode(ack(Arguments.of(argument).get(0))))
                .contains("91" + "92d700" + "00000000000005dc" + "c40101");
        assertThat(encode(ack(Arguments.of(PHOTO).get(0)))).contains("c4020102");
    }

    @Test
    void givenObjectsThatLookLikePlaceholders_whenRead_thenTheyAreJustObjects() {
        String fake = "82ac5f706c616365686f6c646572c3a36e756d"; // {"_placeholder": true, "num": …
        Arguments args =
                event("92a178" + "94" + "c40101" + fake + "07" + fake + "a130" + "81ac5f706c616365686f6c646572c3");

        List<?> values = (List<?>) args.as(0, Object.class);

        assertThat(values.get(1)).isEqualTo(Map.of("_placeholder", true, "num", 7));
        assertThat(values.get(3)).isEqualTo(Map.of("_placeholder", true));
        assertThat(encode(ack(args.as(0, Object.class)))).contains(fake + "07");
    }

    @Test
    void givenACodecOfTheUsers_whenValuesAreSentAndRead_thenItIsAsked() {
        MessagePackParser parser = new MessagePackParser(new LongsAsTexts(), PacketLimits.DEFAULT);

        String hex = MessagePackSamples.hex((byte[])
                Wire.messages(parser.encode(ack(1L << 60, "a", new byte[] {7}))).get(0));

        assertThat(hex).contains("93" + "b331313532393231353034363036383436393736" + "a161" + "c40107");
        assertThat(((Packet.Ack) parser.decoder()
                                .add(ByteBuffer.wrap(HexFormat.of().parseHex(hex))))
                        .arguments()
                        .as(0, Object.class))
                .isEqualTo(Map.of("decoded", "\"1152921504606846976\""));
    }

    @Test
    void givenACodecThatWritesNoJson_whenAValueIsSent_thenTheCallerIsTold() {
        JsonCodec broken = new LongsAsTexts() {
            @Override
            public void encode(Object value, StringBuilder out, BinarySink binary) {
                out.append("[1,");
            }
        };

        assertThatThrownBy(() -> new MessagePackParser(broken, PacketLimits.DEFAULT).encode(ack(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The codec's text is no JSON: ");
    }

    /** Numbers of 64 bits are beyond JavaScript: a replacer and a reviver, so to speak. */
    private static class LongsAsTexts implements JsonCodec {

        @Override
        public void encode(Object value, StringBuilder out, BinarySink binary) {
            JsonCodec.standard().encode(value instanceof Long ? value.toString() : value, out, binary);
        }

        @Override
        public Object decode(String json, Type type, List<ByteBuffer> attachments) {
            return Map.of("decoded", json);
        }
    }

    private static Packet.Ack ack(Object... values) {
        return new Packet.Ack("/", 0, Arguments.of(values));
    }

    private static Arguments roundTrip(Object... values) {
        return ((Packet.Ack) decode(encode(ack(values)))).arguments();
    }

    private static Arguments event(String data) {
        return ((Packet.Event) decode("83a47479706502a36e7370a12fa464617461" + data)).arguments();
    }

    private static List<Kind> kinds(Arguments arguments) {
        return java.util.stream.IntStream.range(0, arguments.size())
                .mapToObj(arguments::kind)
                .toList();
    }
}

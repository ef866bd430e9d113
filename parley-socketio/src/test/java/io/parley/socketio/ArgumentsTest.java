package io.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.socketio.Argument.Kind;
import io.parley.socketio.packet.Packet;
import io.parley.socketio.packet.PacketDecoder;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArgumentsTest {

    record Say(String room, int count) {

        Say {
            if (count < 0) {
                throw new IllegalArgumentException("count: " + count + " (expected: 0 or more)");
            }
        }
    }

    /** The same arguments as they come in and as they go out. */
    static Stream<Arguments> bothForms() {
        return Stream.of(
                event("[\"x\",\"h\\u00e9\",42,2.5,true,null,[1,2],{\"room\":\"a\",\"count\":1}]"),
                Arguments.of("h\u00e9", 42, 2.5, true, null, List.of(1, 2), new Say("a", 1)),
                relayed(event("[\"x\",\"h\\u00e9\",42,2.5,true,null,[1,2],{\"room\":\"a\",\"count\":1}]")));
    }

    private static Arguments relayed(Arguments arguments) {
        return Arguments.of(
                IntStream.range(0, arguments.size()).mapToObj(arguments::get).toArray());
    }

    @ParameterizedTest
    @MethodSource("bothForms")
    void givenArguments_whenReadAsWhatTheyAre_thenTheirValuesAreThere(Arguments arguments) {
        assertThat(arguments.size()).isEqualTo(7);
        assertThat(arguments.isEmpty()).isFalse();
        assertThat(arguments.string(0)).isEqualTo("h\u00e9");
        assertThat(arguments.integer(1)).isEqualTo(42);
        assertThat(arguments.longInteger(1)).isEqualTo(42L);
        assertThat(arguments.number(1)).isEqualTo(42.0);
        assertThat(arguments.number(2)).isEqualTo(2.5);
        assertThat(arguments.bool(3)).isTrue();
        assertThat(arguments.isNull(3)).isFalse();
        assertThat(arguments.isNull(4)).isTrue();
        assertThat(arguments.isNull(7)).isTrue();
        assertThat(arguments.as(5, new TypeToken<List<Integer>>() {})).containsExactly(1, 2);
        assertThat(arguments.as(6, Say.class)).isEqualTo(new Say("a", 1));
        assertThat(arguments.as(6, new TypeToken<Map<String, Object>>() {})).isEqualTo(Map.of("room", "a", "count", 1));
        assertThat(IntStream.range(0, 8).mapToObj(arguments::kind))
                .containsExactly(
                        Kind.STRING,
                        Kind.NUMBER,
                        Kind.NUMBER,
                        Kind.BOOLEAN,
                        Kind.NULL,
                        Kind.ARRAY,
                        Kind.OBJECT,
                        Kind.ABSENT);
    }

    @ParameterizedTest
    @MethodSource("bothForms")
    void givenArguments_whenReadAsClasses_thenTheirValuesAreThere(Arguments arguments) {
        assertThat(arguments.as(0, String.class)).isEqualTo("h\u00e9");
        assertThat(arguments.as(1, Integer.class)).isEqualTo(42);
        assertThat(arguments.as(1, int.class)).isEqualTo(42);
        assertThat(arguments.as(1, Long.class)).isEqualTo(42L);
        assertThat(arguments.as(2, double.class)).isEqualTo(2.5);
        assertThat(arguments.as(3, Boolean.class)).isTrue();
        assertThat(arguments.as(1, Object.class)).isEqualTo(42);
        assertThat(arguments.as(7, Void.class)).isNull();
        assertThat(arguments.get(6).as(Say.class)).isEqualTo(new Say("a", 1));
    }

    @Test
    void givenBinary_whenReceived_thenItCanBeCopiedOrShared() {
        Arguments arguments = binaryEvent(
                "52-[\"x\",{\"_placeholder\":true,\"num\":1},[{\"_placeholder\":true,\"num\":0}]]",
                new byte[] {1},
                new byte[] {2, 3});

        assertThat(arguments.kind(0)).isEqualTo(Kind.BINARY);
        assertThat(arguments.bytes(0)).containsExactly(2, 3);
        assertThat(arguments.as(0, byte[].class)).containsExactly(2, 3);
        assertThat(arguments.as(0, ByteBuffer.class)).isEqualTo(ByteBuffer.wrap(new byte[] {2, 3}));
        assertThat(arguments.as(1, new TypeToken<List<byte[]>>() {}))
                .singleElement()
                .isEqualTo(new byte[] {1});
        assertThatThrownBy(() -> arguments.as(0, ByteBuffer.class).put(0, (byte) 9))
                .isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void givenBinary_whenToBeSent_thenItReadsLikeReceived() {
        byte[] bytes = {1, 2};
        Arguments arguments = Arguments.of(bytes, ByteBuffer.wrap(bytes), List.of(bytes));

        assertThat(arguments.bytes(0)).containsExactly(1, 2);
        assertThat(arguments.bytes(1)).containsExactly(1, 2);
        assertThat(arguments.as(2, new TypeToken<List<ByteBuffer>>() {})).containsExactly(ByteBuffer.wrap(bytes));
    }

    @Test
    void givenIntegersOfAnySize_whenRead_thenTheyAreExactOrRefused() {
        Arguments arguments = event("[\"x\",9223372036854775807,-9223372036854775808,42.0,1e3,-0]");

        assertThat(arguments.longInteger(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(arguments.longInteger(1)).isEqualTo(Long.MIN_VALUE);
        assertThat(arguments.integer(2)).isEqualTo(42);
        assertThat(arguments.integer(3)).isEqualTo(1000);
        assertThat(arguments.integer(4)).isZero();
    }

    @Test
    void givenAnotherType_whenRead_thenTheMessageSaysWhatItIs() {
        Arguments arguments = event("[\"say\",42,\"hi\",2.5,true,null,[],{},9223372036854775808,3000000000]");

        expect(() -> arguments.string(0), "\"say\": argument 0 is a number: 42 (expected: a string)");
        expect(() -> arguments.integer(1), "\"say\": argument 1 is a string: \"hi\" (expected: an integer)");
        expect(() -> arguments.integer(2), "\"say\": argument 2 is a number: 2.5 (expected: an integer)");
        expect(() -> arguments.number(3), "\"say\": argument 3 is a boolean: true (expected: a number)");
        expect(() -> arguments.string(4), "\"say\": argument 4 is null (expected: a string)");
        expect(() -> arguments.bool(5), "\"say\": argument 5 is an array (expected: a boolean)");
        expect(() -> arguments.bytes(6), "\"say\": argument 6 is an object (expected: binary)");
        expect(
                () -> arguments.longInteger(7),
                "\"say\": argument 7 is a number: 9223372036854775808"
                        + " (expected: an integer from -9223372036854775808 to 9223372036854775807)");
        expect(
                () -> arguments.integer(8),
                "\"say\": argument 8 is a number: 3000000000 (expected: an integer from -2147483648 to 2147483647)");
        expect(() -> arguments.string(9), "\"say\": argument 9 is missing (expected: a string)");
        expect(() -> arguments.get(9), "\"say\": argument 9 is missing (expected: any value)");
        expect(() -> arguments.as(4, Say.class), "\"say\": argument 4 is null (expected: Say)");
        expect(() -> arguments.as(9, Say.class), "\"say\": argument 9 is missing (expected: Say)");
        expect(() -> arguments.as(6, Say.class), "\"say\": argument 6: /room is missing (expected: a string)");
    }

    @Test
    void givenAnAcknowledgement_whenAnotherTypeIsRead_thenTheMessageSaysSo() {
        Arguments arguments = ((Packet.Ack) new PacketDecoder(JsonCodec.standard()).add("31[1]")).arguments();

        expect(() -> arguments.string(0), "acknowledgement: argument 0 is a number: 1 (expected: a string)");
    }

    @Test
    void givenValuesToSend_whenAnotherTypeIsRead_thenTheMessageSaysWhatTheyAre() {
        Arguments arguments = Arguments.of("hi", Double.NaN);

        expect(() -> arguments.integer(0), "Argument 0 is a string: \"hi\" (expected: an integer)");
        expect(() -> arguments.number(1), "Argument 1 is null (expected: a number)");
    }

    @Test
    void givenAConstructorThatRefuses_whenRead_thenItsMessageIsTold() {
        Arguments arguments = event("[\"say\",{\"room\":\"a\",\"count\":-1}]");

        expect(() -> arguments.as(0, Say.class), "\"say\": argument 0: count: -1 (expected: 0 or more)");
    }

    @Test
    void givenALongString_whenItIsNotExpected_thenTheMessageIsShort() {
        Arguments arguments = event("[\"say\",\"" + "0123456789".repeat(1_000) + "\"]");

        expect(
                () -> arguments.integer(0),
                "\"say\": argument 0 is a string: \"012345678901234567890123456789012345678… (expected: an integer)");
    }

    @Test
    void givenANegativeIndex_whenRead_thenItIsAMistakeOfTheCaller() {
        assertThatThrownBy(() -> event("[\"x\"]").string(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void givenArgumentsThatCameIn_whenWrittenAgain_thenTheirTextIsKept() {
        Arguments arguments = event("[\"x\", {\"b\" : 1.0, \"a\":\"\\u0041\"} ]");

        assertThat(written(arguments, new ArrayList<>())).isEqualTo("{\"b\" : 1.0, \"a\":\"\\u0041\"}");
    }

    @Test
    void givenArgumentsWithAttachments_whenWrittenAgain_thenPlaceholdersAreRenumbered() {
        Arguments arguments = binaryEvent(
                "53-[\"x\",{\"_placeholder\":true,\"num\":0},[{\"a\":{\"num\":2,\"_placeholder\":true}},"
                        + "{\"_placeholder\":true,\"num\":1}]]",
                new byte[] {0},
                new byte[] {1},
                new byte[] {2});
        List<ByteBuffer> attachments = new ArrayList<>();

        String json = written(Arguments.of(arguments.get(1)), attachments);

        assertThat(json).isEqualTo("[{\"a\":{\"_placeholder\":true,\"num\":0}},{\"_placeholder\":true,\"num\":1}]");
        assertThat(attachments).containsExactly(ByteBuffer.wrap(new byte[] {2}), ByteBuffer.wrap(new byte[] {1}));
    }

    @Test
    void givenAnArgumentInsideOfAValue_whenWritten_thenItIsJsonThere() {
        Arguments arguments = binaryEvent("51-[\"x\",[1.0,{\"_placeholder\":true,\"num\":0}]]", new byte[] {7});
        List<ByteBuffer> attachments = new ArrayList<>();

        String json = written(Arguments.of(Map.of("from", arguments.get(0))), attachments);

        assertThat(json).isEqualTo("{\"from\":[1.0,{\"_placeholder\":true,\"num\":0}]}");
        assertThat(attachments).containsExactly(ByteBuffer.wrap(new byte[] {7}));
    }

    @Test
    void givenAnyArguments_whenPrinted_thenTheyAreDescribedBriefly() {
        assertThat(Arguments.of("a", 1, null, List.of(), Instant.EPOCH, new byte[3]))
                .hasToString("[a string: \"a\", a number: 1, null, an array, an object, binary: 3 bytes]");
    }

    private static void expect(ThrowingCallable read, String message) {
        assertThatThrownBy(read).isInstanceOf(ArgumentException.class).hasMessage(message);
    }

    private static String written(Arguments arguments, List<ByteBuffer> attachments) {
        StringBuilder out = new StringBuilder();
        arguments.writeJson(0, out, JsonCodec.standard(), bytes -> {
            attachments.add(bytes);
            return attachments.size() - 1;
        });
        return out.toString();
    }

    private static Arguments event(String json) {
        return ((Packet.Event) new PacketDecoder(JsonCodec.standard()).add("2" + json)).arguments();
    }

    private static Arguments binaryEvent(String text, byte[]... attachments) {
        PacketDecoder decoder = new PacketDecoder(JsonCodec.standard());
        Packet packet = decoder.add(text);
        for (byte[] attachment : attachments) {
            packet = decoder.add(ByteBuffer.wrap(attachment));
        }
        return ((Packet.Event) packet).arguments();
    }
}

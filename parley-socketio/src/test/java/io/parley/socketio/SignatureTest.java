package io.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.parley.socketio.packet.Packet;
import io.parley.socketio.packet.PacketDecoder;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NullMarked
class SignatureTest {

    enum Size {
        @JsonProperty("s")
        SMALL,
        @JsonProperty("l")
        LARGE
    }

    record Item(String name, double price, @Nullable Size size) {

        Item {
            if (price < 0) {
                throw new IllegalArgumentException("price: " + price + " (expected: 0 or more)");
            }
        }
    }

    record Order(
            String customer,
            List<Item> items,
            Optional<String> note,
            @Nullable Instant due) {}

    record Move(int x, int y, @Nullable String note) {

        Move {
            if (x == y) {
                throw new IllegalArgumentException("x and y: " + x + " (expected: two numbers)");
            }
        }
    }

    record Page<T>(List<T> content, Map<String, List<T>> groups, int next) {}

    @SuppressWarnings("ArrayRecordComponent") // what applications declare
    record Upload(String name, byte[] content, @Nullable ByteBuffer preview, List<byte[]> parts) {}

    @SuppressWarnings("ArrayRecordComponent") // what applications declare
    record Tags(List<@Nullable String> names, @Nullable String @Nullable [] aliases, Map<String, Object> rest) {}

    @SuppressWarnings("ArrayRecordComponent") // what applications declare
    record Words(List<String> words, Map<String, Integer> counts, String[] more, Object any) {}

    record Window(Instant from, OptionalInt width) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    sealed interface Shape {}

    @JsonTypeName("circle")
    record Circle(double radius) implements Shape {}

    @JsonTypeName("square")
    record Square(double side) implements Shape {}

    record Failing(@Nullable String text) {
        Failing {
            if (text == null) {
                throw new IllegalStateException("a mistake of the application's");
            }
        }
    }

    static Stream<Object[]> values() {
        return Stream.of(
                row(
                        Signature.of(Order.class),
                        "{\"customer\":\"ann\",\"items\":[{\"name\":\"pen\",\"price\":1,\"size\":\"l\"}]}",
                        new Order("ann", List.of(new Item("pen", 1, Size.LARGE)), Optional.empty(), null)),
                row(
                        Signature.of(Order.class),
                        "{\"customer\":\"ann\",\"items\":[],\"note\":null,\"due\":null}",
                        new Order("ann", List.of(), Optional.empty(), null)),
                row(
                        Signature.of(Order.class),
                        "{\"customer\":\"ann\",\"items\":[],\"note\":\"!\",\"due\":\"2026-01-31T12:00:00.000Z\"}",
                        new Order("ann", List.of(), Optional.of("!"), Instant.parse("2026-01-31T12:00:00Z"))),
                row(
                        Signature.of(new TypeToken<Page<Item>>() {}),
                        "{\"content\":[{\"name\":\"pen\",\"price\":1}],\"groups\":{\"a\":[]},\"next\":2}",
                        new Page<>(List.of(new Item("pen", 1, null)), Map.of("a", List.of()), 2)),
                row(
                        Signature.of(Tags.class),
                        "{\"names\":[null,\"a\"],\"rest\":{\"x\":null}}",
                        new Tags(Arrays.asList(null, "a"), null, nullsAllowed("x"))),
                row(Signature.of(Shape.class), "{\"type\":\"circle\",\"radius\":2}", new Circle(2)),
                row(
                        Signature.of(new TypeToken<List<@Nullable Shape>>() {}),
                        "[{\"type\":\"square\",\"side\":1},null]",
                        Arrays.asList(new Square(1), null)),
                row(Signature.of(new TypeToken<@Nullable String>() {}), "null", null),
                row(Signature.of(new TypeToken<@Nullable String>() {}), "\"a\"", "a"),
                row(Signature.of(new TypeToken<Optional<Item>>() {}), "null", Optional.empty()),
                row(
                        Signature.of(new TypeToken<Optional<Item>>() {}),
                        "{\"name\":\"pen\",\"price\":1}",
                        Optional.of(new Item("pen", 1, null))),
                row(Signature.of(Window.class), "{\"from\":0}", new Window(Instant.EPOCH, OptionalInt.empty())),
                row(Signature.of(BigDecimal.class), "1.50", new BigDecimal("1.50")),
                row(Signature.of(new TypeToken<Map<String, Object>>() {}), "{\"x\":null}", nullsAllowed("x")));
    }

    private static Object[] row(Signature<?> signature, String json, @Nullable Object value) {
        return new @Nullable Object[] {signature, json, value};
    }

    private static Map<String, Object> nullsAllowed(String key) {
        Map<String, Object> map = new java.util.HashMap<>();
        map.put(key, null);
        return map;
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("values")
    void givenArgumentsThatFit_whenRead_thenTheyAreTheValue(
            Signature<?> signature, String json, @Nullable Object value) {
        assertThat((Object) signature.read(event("[\"x\"," + json + "]"))).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("values")
    void givenAValue_whenWrittenAndRead_thenItIsTheSame(
            Signature<Object> signature, String json, @Nullable Object value) {
        assertThat(signature.read(signature.write(value))).isEqualTo(value);
    }

    static Stream<Object[]> mistakes() {
        Signature<Order> order = Signature.of(Order.class);
        Signature<Words> words = Signature.of(Words.class);
        return Stream.of(
                row(order, "{\"items\":[]}", "/customer is missing (expected: a string)"),
                row(order, "{\"customer\":null,\"items\":[]}", "/customer is null (expected: a string)"),
                row(order, "{\"customer\":\"a\",\"items\":{}}", "/items is an object (expected: an array)"),
                row(
                        order,
                        "{\"customer\":\"a\",\"items\":[{\"name\":\"a\",\"price\":1},{\"name\":\"b\",\"price\":\"1\"}]}",
                        "/items/1/price is a string: \"1\" (expected: a number)"),
                row(
                        order,
                        "{\"customer\":\"a\",\"items\":[{\"name\":\"a\",\"price\":-1}]}",
                        "/items/0: price: -1.0 (expected: 0 or more)"),
                row(
                        order,
                        "{\"customer\":\"a\",\"items\":[{\"name\":\"a\",\"price\":1,\"size\":\"xl\"}]}",
                        "/items/0/size is a string: \"xl\" (expected: one of s, l)"),
                row(
                        order,
                        "{\"customer\":\"a\",\"items\":[],\"due\":\"soon\"}",
                        "/due is a string: \"soon\" (expected: Instant)"),
                row(order, "{\"customer\":\"a\",\"items\":[null]}", "/items/0 is null (expected: Item)"),
                row(order, "null", " is null (expected: Order)"),
                row(order, "[]", " is an array (expected: Order)"),
                row(
                        words,
                        "{\"words\":[],\"counts\":{\"a\":null},\"more\":[],\"any\":1}",
                        "/counts/a is null (expected: an integer)"),
                row(
                        words,
                        "{\"words\":[],\"counts\":{\"a\":3000000000},\"more\":[],\"any\":1}",
                        "/counts/a is a number: 3000000000 (expected: an integer of 32 bits or fewer)"),
                row(
                        words,
                        "{\"words\":[],\"counts\":{},\"more\":[\"a\",null],\"any\":1}",
                        "/more/1 is null (expected: a string)"),
                row(words, "{\"words\":[],\"counts\":{},\"more\":[]}", "/any is missing (expected: Object)"),
                row(
                        words,
                        "{\"counts\":{\"a~b/" + "c".repeat(100) + "\":true}}",
                        "/counts/a~0b~1" + "c".repeat(36) + "… is a boolean: true (expected: an integer)"),
                row(
                        Signature.of(new TypeToken<List<Map<String, String>>>() {}),
                        "[{},{\"a\":\"b\",\"c\":null}]",
                        "/1/c is null (expected: a value)"),
                row(Signature.of(String[].class), "[\"a\",null]", "/1 is null (expected: a value)"),
                row(
                        Signature.of(Shape.class),
                        "{\"type\":\"line\"}",
                        " is of an unknown type, \"line\" (expected: one of circle, square)"),
                row(
                        Signature.of(Shape.class),
                        "{\"type\":\"circle\",\"radius\":[]}",
                        "/radius is an array (expected: a number)"),
                row(
                        Signature.of(new TypeToken<Page<Item>>() {}),
                        "{\"content\":[{\"name\":\"pen\",\"price\":{}}],\"groups\":{},\"next\":1}",
                        "/content/0/price is an object (expected: a number)"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("mistakes")
    void givenArgumentsThatDoNotFit_whenRead_thenTheMessageSaysWhere(
            Signature<?> signature, String json, String problem) {
        String colon = problem.startsWith("/") ? ": " : "";

        assertThatThrownBy(() -> signature.read(event("[\"order\"," + json + "]")))
                .isInstanceOf(ArgumentException.class)
                .hasMessage("\"order\": argument 0" + colon + problem)
                .extracting("event", "argument")
                .containsExactly("order", 0);
    }

    @Test
    void givenAWrongField_whenRead_thenItsPathCanBeAskedFor() {
        ArgumentException error = mistake(Signature.of(Order.class), "[\"order\",{\"customer\":1}]");

        assertThat(error.event()).isEqualTo("order");
        assertThat(error.argument()).isZero();
        assertThat(error.path()).isEqualTo("/customer");
    }

    @Test
    void givenHugeWrongValues_whenRead_thenTheMessageIsShort() {
        String huge = "x".repeat(100_000);

        assertThat(mistake(
                        Signature.of(Order.class),
                        "[\"" + huge + "\",{\"customer\":\"a\",\"items\":\"" + huge + "\"}]"))
                .hasMessage("\"" + "x".repeat(100) + "…\": argument 0: /items is a string: \"" + "x".repeat(39)
                        + "… (expected: an array)");
        assertThat(mistake(
                                Signature.of(Failing.class).check(any -> {
                                    throw new IllegalArgumentException(huge);
                                }),
                                "[\"x\",{\"text\":\"\"}]")
                        .getMessage())
                .hasSizeLessThan(400);
    }

    @Test
    void givenNothing_whenItMayBeMissing_thenItIsNullOrEmpty() {
        assertThat(Signature.of(new TypeToken<@Nullable String>() {}).read(event("[\"x\"]")))
                .isNull();
        assertThat(Signature.of(new TypeToken<Optional<String>>() {}).read(event("[\"x\"]")))
                .isEmpty();
        assertThat(Signature.none().read(event("[\"x\",1]"))).isNull();
        assertThat(mistake(Signature.of(String.class), "[\"x\"]"))
                .hasMessage("\"x\": argument 0 is missing (expected: a string)");
    }

    @Test
    void givenTypesOfArguments_whenTheyAreAskedFor_thenNullnessHoldsThereToo() {
        Arguments arguments = event("[\"x\",null,[\"a\",null]]");

        assertThat(arguments.as(0, new TypeToken<@Nullable String>() {})).isNull();
        assertThat(arguments.as(0, new TypeToken<Optional<String>>() {})).isEmpty();
        assertThat(arguments.as(1, new TypeToken<List<@Nullable String>>() {})).containsExactly("a", null);
        assertThatThrownBy(() -> arguments.as(1, new TypeToken<List<String>>() {}))
                .hasMessage("\"x\": argument 1: /1 is null (expected: a value)");
    }

    @Test
    void givenComponents_whenRead_thenEachIsAnArgument() {
        Signature<Move> move = Signature.ofComponents(Move.class);

        assertThat(move.read(event("[\"move\",3,4]"))).isEqualTo(new Move(3, 4, null));
        assertThat(move.read(event("[\"move\",3,4,null]"))).isEqualTo(new Move(3, 4, null));
        assertThat(move.read(event("[\"move\",3,4,\"fast\",\"more\"]"))).isEqualTo(new Move(3, 4, "fast"));
        assertThat(move).hasToString("int x, int y, java.lang.String note");
    }

    @Test
    void givenComponents_whenTheyDoNotFit_thenTheMessageSaysWhichArgument() {
        Signature<Move> move = Signature.ofComponents(Move.class);

        assertThat(mistake(move, "[\"move\",3]")).hasMessage("\"move\": argument 1 is missing (expected: an integer)");
        assertThat(mistake(move, "[\"move\",3,4,5]"))
                .hasMessage("\"move\": argument 2 is a number: 5 (expected: a string)");
        assertThat(mistake(move, "[\"move\",3,3]"))
                .hasMessage("\"move\": x and y: 3 (expected: two numbers)")
                .extracting("argument", "path")
                .containsExactly(ArgumentException.NO_ARGUMENT, "");
        assertThat(mistake(Signature.ofComponents(Order.class), "[\"o\",\"a\",[{\"name\":\"b\"}]]"))
                .hasMessage("\"o\": argument 1: /0/price is missing (expected: a number)");
        assertThat(mistake(Signature.ofComponents(Words.class), "[\"w\",[\"a\",null]]"))
                .hasMessage("\"w\": argument 0: /1 is null (expected: a value)");
    }

    @Test
    void givenComponents_whenWritten_thenAllOfThemAre() {
        assertThat(written(Signature.ofComponents(Move.class).write(new Move(3, 4, null))))
                .containsExactly("3", "4", "null");
        assertThat(written(
                        Signature.ofComponents(Order.class).write(new Order("a", List.of(), Optional.empty(), null))))
                .containsExactly("\"a\"", "[]", "null", "null");
    }

    @Test
    void givenARecordWithTypeParameters_whenSpread_thenRefused() {
        @SuppressWarnings("rawtypes") // what a class literal of it is
        Class<Page> page = Page.class;

        assertThatThrownBy(() -> Signature.ofComponents(page))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(Page.class.getName()
                        + " has type parameters (expected: a record whose components have their types)");
    }

    @Test
    void givenBinaryInRecords_whenRead_thenItIsThere() {
        Signature<Upload> upload = Signature.of(Upload.class);

        Upload value = upload.read(binaryEvent(
                "52-[\"x\",{\"name\":\"a\",\"content\":{\"_placeholder\":true,\"num\":1},\"parts\":"
                        + "[{\"_placeholder\":true,\"num\":0}]}]",
                new byte[] {1},
                new byte[] {2, 3}));

        assertThat(value.content()).containsExactly(2, 3);
        assertThat(value.preview()).isNull();
        assertThat(value.parts()).singleElement().isEqualTo(new byte[] {1});
    }

    @Test
    void givenBinaryInComponents_whenRead_thenItIsThere() {
        Upload value = Signature.ofComponents(Upload.class)
                .read(binaryEvent(
                        "52-[\"x\",\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1},[]]",
                        new byte[] {1},
                        new byte[] {2}));

        assertThat(value.content()).containsExactly(1);
        assertThat(value.preview()).isEqualTo(ByteBuffer.wrap(new byte[] {2}));
    }

    @Test
    void givenBinaryWhereItIsNotExpected_whenRead_thenTheMessageSaysWhere() {
        assertThatThrownBy(() -> Signature.of(Item.class)
                        .read(binaryEvent(
                                "51-[\"x\",{\"name\":{\"_placeholder\":true,\"num\":0},\"price\":1}]",
                                new byte[] {1, 2})))
                .hasMessage("\"x\": argument 0: /name is binary: 2 bytes (expected: a string)");
        assertThat(mistake(Signature.of(Upload.class), "[\"x\",{\"name\":\"a\",\"content\":\"AQID\",\"parts\":[]}]"))
                .hasMessage("\"x\": argument 0: /content is a string: \"AQID\" (expected: binary)");
    }

    @Test
    void givenAConstructorThatFails_whenRead_thenItIsNoMistakeOfThePeers() {
        assertThatThrownBy(() -> Signature.of(Failing.class).read(event("[\"x\",{}]")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a mistake of the application's");
        assertThatThrownBy(() -> Signature.ofComponents(Failing.class).read(event("[\"x\"]")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a mistake of the application's");
    }

    @Test
    void givenACheck_whenItRefuses_thenItsWordsAndItsPathAreTold() {
        Event<Order> order = Event.of("order", Order.class).check(value -> {
            if (value.items().isEmpty()) {
                throw MismatchException.of("/items", "is empty (expected: at least one)");
            }
            if (value.customer().isBlank()) {
                throw new IllegalArgumentException("customer: blank");
            }
        });

        assertThatThrownBy(() -> order.read(event("[\"order\",{\"customer\":\"a\",\"items\":[]}]")))
                .isInstanceOf(ArgumentException.class)
                .hasMessage("\"order\": /items is empty (expected: at least one)")
                .extracting("path")
                .isEqualTo("/items");
        assertThatThrownBy(() ->
                        order.read(event("[\"order\",{\"customer\":\" \",\"items\":[{\"name\":\"a\",\"price\":1}]}]")))
                .hasMessage("\"order\": customer: blank");
    }

    @Test
    void givenAnAnswerThatDoesNotFit_whenRead_thenTheMessageNamesTheQuestion() {
        AckEvent<Void, Item> ask = AckEvent.of("ask", Void.class, Item.class);
        Arguments reply =
                ((Packet.Ack) new PacketDecoder(JsonCodec.standard()).add("31[{\"name\":\"a\"}]")).arguments();

        assertThatThrownBy(() -> ask.readReply(reply))
                .isInstanceOf(ArgumentException.class)
                .hasMessage("\"ask\": acknowledgement: argument 0: /price is missing (expected: a number)")
                .extracting("event", "path")
                .containsExactly("ask", "/price");
    }

    private static ArgumentException mistake(Signature<?> signature, String json) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(
                ArgumentException.class, () -> signature.read(event(json)));
    }

    private static List<String> written(Arguments arguments) {
        return java.util.stream.IntStream.range(0, arguments.size())
                .mapToObj(i -> {
                    StringBuilder out = new StringBuilder();
                    arguments.writeJson(i, out, JsonCodec.standard(), bytes -> 0);
                    return out.toString();
                })
                .toList();
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

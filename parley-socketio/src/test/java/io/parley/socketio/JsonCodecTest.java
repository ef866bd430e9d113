package io.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonCodecTest {

    private static final JsonCodec CODEC = JsonCodec.standard();

    enum Color {
        RED,
        GREEN;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    record Point(int x, int y) {

        public int getSum() {
            return x + y;
        }
    }

    record Shape(@Nullable String name, List<Point> points, Optional<Color> color) {}

    @SuppressWarnings("ArrayRecordComponent") // what applications declare
    record Picture(
            @Nullable String name, byte[] pixels, @Nullable ByteBuffer thumbnail) {}

    static final class Bean {
        public int zulu = 1;
        public String alpha = "a";
    }

    @SuppressWarnings("JavaUtilDate") // applications have them
    static Stream<Arguments> encodings() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", null);
        map.put("\"\n", 1);
        return Stream.of(
                Arguments.of("null", null, "null"),
                Arguments.of("string", "h\u00e9 \"x\" \\ / \b\f\n\r\t\u0001\u001f\u007f", """
                        "h\u00e9 \\"x\\" \\\\ / \\b\\f\\n\\r\\t\\u0001\\u001f\u007f\""""),
                Arguments.of("line separators as they are", "\u2028\u2029", "\"\u2028\u2029\""),
                Arguments.of("a pair of surrogates", "a\ud83d\ude00b", "\"a\ud83d\ude00b\""),
                Arguments.of("lone surrogates", "\ud83dx\ude00\ud83d", "\"\\ud83dx\\ude00\\ud83d\""),
                Arguments.of(
                        "lone surrogates inside",
                        List.of("\ude00\ud83d", "\ud83d"),
                        "[\"\\ude00\\ud83d\",\"\\ud83d\"]"),
                Arguments.of("a pair inside", List.of("\ud83d\ude00"), "[\"\ud83d\ude00\"]"),
                Arguments.of("lone surrogate in a key", Map.of("\ud83d", 1), "{\"\\ud83d\":1}"),
                Arguments.of("char", 'x', "\"x\""),
                Arguments.of("int", 42, "42"),
                Arguments.of("long", Long.MIN_VALUE, "-9223372036854775808"),
                Arguments.of("double", 0.1, "0.1"),
                Arguments.of("NaN", Double.NaN, "null"),
                Arguments.of("infinite float", Float.NEGATIVE_INFINITY, "null"),
                Arguments.of("NaN inside", List.of(1.5, Double.POSITIVE_INFINITY), "[1.5,null]"),
                Arguments.of("double array", new double[] {1.5, Double.NaN}, "[1.5,null]"),
                Arguments.of("float array", new float[] {1.5f, Float.NaN}, "[1.5,null]"),
                Arguments.of("int array", new int[] {1, 2}, "[1,2]"),
                Arguments.of("boolean", true, "true"),
                Arguments.of("map", map, "{\"a\":null,\"\\\"\\n\":1}"),
                Arguments.of("nulls in a list", Arrays.asList(1, null), "[1,null]"),
                Arguments.of("set", Set.of(1), "[1]"),
                Arguments.of("record, components only", new Point(1, 2), "{\"x\":1,\"y\":2}"),
                Arguments.of(
                        "nested record, enum by name",
                        new Shape("s", List.of(new Point(1, 2)), Optional.of(Color.RED)),
                        "{\"name\":\"s\",\"points\":[{\"x\":1,\"y\":2}],\"color\":\"RED\"}"),
                Arguments.of(
                        "empty optional",
                        new Shape("s", List.of(), Optional.empty()),
                        "{\"name\":\"s\",\"points\":[],\"color\":null}"),
                Arguments.of("bean in the order of its fields", new Bean(), "{\"zulu\":1,\"alpha\":\"a\"}"),
                Arguments.of("nothing in it", new Object(), "{}"),
                Arguments.of("instant", Instant.parse("2026-01-31T12:00:00Z"), "\"2026-01-31T12:00:00.000Z\""),
                Arguments.of(
                        "instant, microseconds",
                        Instant.parse("2026-01-31T12:00:00.123456Z"),
                        "\"2026-01-31T12:00:00.123Z\""),
                Arguments.of("date", new Date(0), "\"1970-01-01T00:00:00.000Z\""),
                Arguments.of("sql date", new java.sql.Date(0), "\"1970-01-01T00:00:00.000Z\""),
                Arguments.of(
                        "date with an offset",
                        OffsetDateTime.parse("2026-01-31T12:00:00+02:00"),
                        "\"2026-01-31T10:00:00.000Z\""),
                Arguments.of(
                        "date with a zone",
                        ZonedDateTime.of(2026, 1, 31, 12, 0, 0, 0, ZoneId.of("Europe/Berlin")),
                        "\"2026-01-31T11:00:00.000Z\""),
                Arguments.of("local date", LocalDate.of(2026, 1, 31), "\"2026-01-31\""),
                Arguments.of("duration", Duration.ofSeconds(90), "\"PT1M30S\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encodings")
    void givenAValue_whenEncoded_thenItIsWhatJavaScriptWouldWrite(String name, Object value, String json) {
        assertThat(encode(value, new ArrayList<>())).isEqualTo(json);
    }

    @Test
    void givenALongTextFullOfPairs_whenEncodedInside_thenNoPairIsTornApart() {
        String text = "x" + "\ud83d\ude00".repeat(10_000);

        String json = encode(List.of(text), new ArrayList<>());

        assertThat(json).isEqualTo("[\"" + text + "\"]");
    }

    @Test
    void givenBinaryAnywhere_whenEncoded_thenPlaceholdersStandForIt() {
        List<ByteBuffer> attachments = new ArrayList<>();
        Object value = List.of(
                new byte[] {1},
                Map.of("a", ByteBuffer.wrap(new byte[] {2, 3})),
                new Picture("p", new byte[] {4}, null));

        String json = encode(value, attachments);

        assertThat(json)
                .isEqualTo("[{\"_placeholder\":true,\"num\":0},{\"a\":{\"_placeholder\":true,\"num\":1}},"
                        + "{\"name\":\"p\",\"pixels\":{\"_placeholder\":true,\"num\":2},\"thumbnail\":null}]");
        assertThat(attachments)
                .containsExactly(
                        ByteBuffer.wrap(new byte[] {1}),
                        ByteBuffer.wrap(new byte[] {2, 3}),
                        ByteBuffer.wrap(new byte[] {4}));
    }

    @Test
    void givenAValueThatContainsItself_whenEncoded_thenItIsRefused() {
        List<Object> list = new ArrayList<>();
        list.add(list);

        assertThatThrownBy(() -> encode(list, new ArrayList<>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("java.util.ArrayList cannot become JSON: ")
                .hasMessageContaining("512");
    }

    @Test
    void givenAGetterThatThrows_whenEncoded_thenTheMessageSaysWhere() {
        Object value = new Object() {
            @SuppressWarnings({"unused", "EffectivelyPrivate"}) // called by the codec
            public String getName() {
                throw new IllegalStateException("no name");
            }
        };

        assertThatThrownBy(() -> encode(List.of(value), new ArrayList<>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("java.util.ImmutableCollections$List12 cannot become JSON: 0.name: no name");
    }

    static Stream<Arguments> decodings() {
        return Stream.of(
                Arguments.of("int", "42", Integer.class, 42),
                Arguments.of("escapes", "\"\\u00e9\\ud83d\\ude00\\/\"", String.class, "\u00e9\ud83d\ude00/"),
                Arguments.of("lone surrogate", "\"\\ud83d\"", String.class, "\ud83d"),
                Arguments.of("record", "{\"x\":1,\"y\":2}", Point.class, new Point(1, 2)),
                Arguments.of("unknown property", "{\"z\":[],\"y\":2,\"x\":1}", Point.class, new Point(1, 2)),
                Arguments.of("the last of equal names", "{\"x\":9,\"y\":2,\"x\":1}", Point.class, new Point(1, 2)),
                Arguments.of(
                        "missing component that may be null",
                        "{\"points\":[]}",
                        Shape.class,
                        new Shape(null, List.of(), Optional.empty())),
                Arguments.of("enum by name", "\"GREEN\"", Color.class, Color.GREEN),
                Arguments.of(
                        "instant of text",
                        "\"2026-01-31T12:00:00.000Z\"",
                        Instant.class,
                        Instant.parse("2026-01-31T12:00:00Z")),
                Arguments.of("instant of milliseconds", "1500", Instant.class, Instant.ofEpochMilli(1500)),
                Arguments.of(
                        "anything",
                        "{\"a\":[1,2.5,\"x\",null,true]}",
                        Object.class,
                        Map.of("a", Arrays.asList(1, 2.5, "x", null, true))),
                Arguments.of(
                        "list of records",
                        "[{\"x\":1,\"y\":2}]",
                        new TypeToken<List<Point>>() {}.type(),
                        List.of(new Point(1, 2))),
                Arguments.of(
                        "map of lists",
                        "{\"a\":[1]}",
                        new TypeToken<Map<String, List<Long>>>() {}.type(),
                        Map.of("a", List.of(1L))),
                Arguments.of("null", "null", String.class, null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("decodings")
    void givenJson_whenDecoded_thenItIsTheValue(String name, String json, Type type, Object value) {
        assertThat(CODEC.decode(json, type, List.of())).isEqualTo(value);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        "missing primitive component",
                        "{\"x\":1}",
                        Point.class,
                        "/y is missing (expected: an integer)"),
                Arguments.of(
                        "null for a primitive",
                        "{\"x\":1,\"y\":null}",
                        Point.class,
                        "/y is null (expected: an integer)"),
                Arguments.of(
                        "fraction for an int",
                        "{\"x\":1,\"y\":2.5}",
                        Point.class,
                        "/y is a number: 2.5 (expected: an integer)"),
                Arguments.of(
                        "string for an int",
                        "{\"x\":1,\"y\":\"2\"}",
                        Point.class,
                        "/y is a string: \"2\" (expected: an integer)"),
                Arguments.of(
                        "number for a string",
                        "{\"name\":1}",
                        Shape.class,
                        "/name is a number: 1 (expected: a string)"),
                Arguments.of(
                        "boolean for a string",
                        "{\"name\":true}",
                        Shape.class,
                        "/name is a boolean: true (expected: a string)"),
                Arguments.of(
                        "deep inside",
                        "{\"points\":[{\"x\":1,\"y\":1},{\"x\":1,\"y\":{}}]}",
                        Shape.class,
                        "/points/1/y is an object (expected: an integer)"),
                Arguments.of(
                        "unknown enum", "\"BLUE\"", Color.class, "is a string: \"BLUE\" (expected: one of RED, GREEN)"),
                Arguments.of(
                        "base64 for bytes",
                        "{\"pixels\":\"AQID\"}",
                        Picture.class,
                        "/pixels is a string: \"AQID\" (expected: binary)"),
                Arguments.of(
                        "placeholder without attachments",
                        "{\"pixels\":{\"_placeholder\":true,\"num\":0}}",
                        Picture.class,
                        "/pixels is an object (expected: binary)"),
                Arguments.of("array for an object", "[]", Point.class, "is an array (expected: Point)"),
                Arguments.of(
                        "digits beyond all measure",
                        "1".repeat(1_001),
                        java.math.BigInteger.class,
                        "is not understood: Number value length (1001) exceeds the maximum allowed (1000, from `StreamReadConstraints.getMaxNumberLength()`)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void givenJsonThatDoesNotFit_whenDecoded_thenTheMessageSaysWhere(
            String name, String json, Type type, String message) {
        assertThatThrownBy(() -> CODEC.decode(json, type, List.of()))
                .isInstanceOf(MismatchException.class)
                .hasMessage(message);
    }

    @Test
    void givenPlaceholders_whenDecoded_thenAttachmentsTakeTheirPlaces() {
        List<ByteBuffer> attachments = List.of(ByteBuffer.wrap(new byte[] {1}), ByteBuffer.wrap(new byte[] {2, 3}));
        String json = "{\"name\":\"p\",\"pixels\":{\"_placeholder\":true,\"num\":1},"
                + "\"thumbnail\":{\"num\":0,\"_placeholder\":true}}";

        Picture picture = (Picture) CODEC.decode(json, Picture.class, attachments);

        assertThat(picture.pixels()).containsExactly(2, 3);
        assertThat(picture.thumbnail()).isEqualTo(ByteBuffer.wrap(new byte[] {1}));
    }

    @Test
    void givenPlaceholders_whenDecodedAsAnything_thenTheyAreByteArrays() {
        List<ByteBuffer> attachments = List.of(ByteBuffer.wrap(new byte[] {1}));

        Object value = CODEC.decode("[{\"_placeholder\":true,\"num\":0}]", Object.class, attachments);

        assertThat((List<?>) value).singleElement().isEqualTo(new byte[] {1});
    }

    private static String encode(Object value, List<ByteBuffer> attachments) {
        StringBuilder out = new StringBuilder();
        CODEC.encode(value, out, bytes -> {
            attachments.add(bytes);
            return attachments.size() - 1;
        });
        return out.toString();
    }
}

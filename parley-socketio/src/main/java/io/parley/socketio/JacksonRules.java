package io.parley.socketio;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonGeneratorDelegate;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/** What Jackson must do to read and write JSON as JavaScript does, and binary values as attachments. */
final class JacksonRules {

    private static final int MAX_DEPTH = 512;
    private static final int MAX_NUMBER_CHARS = 1_000;
    private static final DateTimeFormatter ISO_MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private JacksonRules() {}

    static JsonMapper mapper() {
        return JsonMapper.builder(factory())
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DateTimeFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                .withCoercionConfig(LogicalType.Textual, strings -> strings.setCoercion(
                                CoercionInputShape.Boolean, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
                .annotationIntrospector(new JacksonNullness())
                .addModule(values())
                .build();
    }

    /** The mapper for trees with attachments in them: Jackson would make a string of binary. */
    static JsonMapper attachmentMapper(JsonMapper mapper) {
        return mapper.rebuild()
                .addModule(new SimpleModule("parley-attachments").addDeserializer(String.class, new TextDeserializer()))
                .build();
    }

    private static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER_CHARS)
                        .maxStringLength(Integer.MAX_VALUE) // the transport limits messages
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .build();
    }

    private static SimpleModule values() {
        return new SimpleModule("parley")
                .addSerializer(byte[].class, new BinarySerializer<>(ByteBuffer::wrap))
                .addSerializer(ByteBuffer.class, new BinarySerializer<>(ByteBuffer::slice))
                .addSerializer(Argument.class, new ArgumentSerializer())
                .addSerializer(Instant.class, new DateSerializer<>(Function.identity()))
                .addSerializer(Date.class, new DateSerializer<>(JacksonRules::instantOf))
                .addSerializer(Calendar.class, new DateSerializer<>(Calendar::toInstant))
                .addSerializer(OffsetDateTime.class, new DateSerializer<>(OffsetDateTime::toInstant))
                .addSerializer(ZonedDateTime.class, new DateSerializer<>(ZonedDateTime::toInstant))
                .addDeserializer(byte[].class, new BinaryDeserializer<>(Function.identity()))
                .addDeserializer(ByteBuffer.class, new BinaryDeserializer<>(bytes -> ByteBuffer.wrap(bytes)
                        .asReadOnlyBuffer()));
    }

    @SuppressWarnings("JavaUtilDate") // toInstant fails for those of java.sql
    private static Instant instantOf(Date date) {
        return Instant.ofEpochMilli(date.getTime());
    }

    /** The tree with attachments in the place of their placeholders. */
    static JsonNode attach(JsonNode node, List<ByteBuffer> attachments) {
        if (node instanceof ObjectNode object) {
            return attachTo(object, attachments);
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, attach(array.get(i), attachments));
            }
        }
        return node;
    }

    private static JsonNode attachTo(ObjectNode object, List<ByteBuffer> attachments) {
        JsonNode mark = object.get("_placeholder");
        if (mark != null && mark.isBoolean() && mark.booleanValue()) {
            int number = object.path("num").asInt(-1);
            if (number >= 0 && number < attachments.size()) {
                return BinaryNode.valueOf(copyOf(attachments.get(number)));
            }
        }
        for (var property : object.properties()) {
            property.setValue(attach(property.getValue(), attachments));
        }
        return object;
    }

    private static void writePlaceholder(JsonGenerator generator, int number) {
        generator.writeRawValue("{\"_placeholder\":true,\"num\":" + number + '}');
    }

    private static byte[] copyOf(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }

    /** Writes numbers that are not finite as null. */
    static final class Generator extends JsonGeneratorDelegate {

        Generator(JsonGenerator generator) {
            super(generator, false);
        }

        @Override
        public JsonGenerator writeNumber(double value) {
            return Double.isFinite(value) ? super.writeNumber(value) : writeNull();
        }

        @Override
        public JsonGenerator writeNumber(float value) {
            return Float.isFinite(value) ? super.writeNumber(value) : writeNull();
        }

        @Override
        public JsonGenerator writeArray(double[] values, int offset, int length) {
            writeStartArray();
            for (int i = offset; i < offset + length; i++) {
                writeNumber(values[i]);
            }
            return writeEndArray();
        }
    }

    private static final class BinarySerializer<T> extends ValueSerializer<T> {

        private final Function<T, ByteBuffer> bytes;

        BinarySerializer(Function<T, ByteBuffer> bytes) {
            this.bytes = bytes;
        }

        @Override
        public void serialize(T value, JsonGenerator generator, SerializationContext context) {
            if (generator.streamWriteOutputTarget() instanceof JsonOutput output) {
                int number = output.binary().add(bytes.apply(value));
                writePlaceholder(generator, number);
            } else {
                generator.writeBinary(copyOf(bytes.apply(value))); // a tree or token buffer on the way to the text
            }
        }
    }

    private static final class ArgumentSerializer extends ValueSerializer<Argument> {

        @Override
        public void serialize(Argument value, JsonGenerator generator, SerializationContext context) {
            StringBuilder json = new StringBuilder();
            if (generator.streamWriteOutputTarget() instanceof JsonOutput output) {
                value.writeJson(json, JacksonCodec.INSTANCE, output.binary());
                generator.writeRawValue(json.toString());
            } else {
                generator.writePOJO(value.as(Object.class)); // likewise
            }
        }
    }

    private static final class DateSerializer<T> extends ValueSerializer<T> {

        private final Function<T, Instant> instant;

        DateSerializer(Function<T, Instant> instant) {
            this.instant = instant;
        }

        @Override
        public void serialize(T value, JsonGenerator generator, SerializationContext context) {
            Instant date = instant.apply(value);
            int number = generator.streamWriteOutputTarget() instanceof JsonOutput output
                    ? output.binary().addDate(date)
                    : -1;
            if (number < 0) {
                generator.writeString(ISO_MILLIS.format(date));
            } else {
                writePlaceholder(generator, number);
            }
        }
    }

    private static final class BinaryDeserializer<T> extends ValueDeserializer<T> {

        private final Function<byte[], T> value;

        BinaryDeserializer(Function<byte[], T> value) {
            this.value = value;
        }

        @Override
        @SuppressWarnings("unchecked") // never returns: it throws, or a handler of the user has made a T
        public T deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
                return value.apply(parser.getBinaryValue());
            }
            return (T) context.handleUnexpectedToken(context.constructType(byte[].class), parser);
        }
    }

    private static final class TextDeserializer extends StringDeserializer {

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
                return (String) context.handleUnexpectedToken(context.constructType(String.class), parser);
            }
            return super.deserialize(parser, context);
        }
    }
}

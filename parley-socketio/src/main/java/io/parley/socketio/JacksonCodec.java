package io.parley.socketio;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON by Jackson 3, with the rules of {@code JSON.stringify}. Jackson is loaded for the first value that needs it: strings,
 * whole numbers and the like do not, so a server listens before.
 */
final class JacksonCodec implements JsonCodec {

    static final JacksonCodec INSTANCE = new JacksonCodec();

    private JacksonCodec() {}

    /** What Jackson makes once; costs a good part of a server's start. */
    private static final class Lazy {

        static final JsonMapper MAPPER = JacksonRules.mapper();
        static final JsonMapper ATTACHMENT_MAPPER = JacksonRules.attachmentMapper(MAPPER);
        static final ObjectWriter WRITER = MAPPER.writer();
    }

    @Override
    public void encode(@Nullable Object value, StringBuilder out, BinarySink binary) {
        if (value instanceof String string) {
            JsonText.quote(out, string);
        } else if (value == null || value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            out.append(value);
        } else {
            encode(Lazy.WRITER, value, out, binary);
        }
    }

    @Override
    public void encode(Object value, Type type, StringBuilder out, BinarySink binary) {
        encode(Lazy.MAPPER.writerFor(Lazy.MAPPER.constructType(type)), value, out, binary);
    }

    private static void encode(ObjectWriter writer, Object value, StringBuilder out, BinarySink binary) {
        try (JsonGenerator generator =
                new JacksonRules.Generator(writer.createGenerator(new JsonOutput(out, binary)))) {
            writer.writeValue(generator, value);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    value.getClass().getTypeName() + " cannot become JSON: " + explain(e), e);
        }
    }

    @Override
    public @Nullable Object decode(String json, Type type, List<ByteBuffer> attachments) {
        try {
            JavaType target = Lazy.MAPPER.constructType(type);
            return attachments.isEmpty()
                    ? Lazy.MAPPER.readValue(json, target)
                    : Lazy.ATTACHMENT_MAPPER.treeToValue(tree(json, attachments), target);
        } catch (JacksonException e) {
            throw new JacksonProblem(e, () -> tree(json, attachments)).explain();
        }
    }

    private JsonNode tree(String json, List<ByteBuffer> attachments) {
        JsonNode tree = Lazy.MAPPER.readTree(json);
        return attachments.isEmpty() ? tree : JacksonRules.attach(tree, attachments);
    }

    /** Where in the value, and what is wrong there. */
    private static String explain(JacksonException e) {
        String path = e.getPath().stream().map(JacksonCodec::step).collect(joining("."));
        return path.isEmpty() ? e.getOriginalMessage() : path + ": " + e.getOriginalMessage();
    }

    private static String step(JacksonException.Reference reference) {
        return reference.getPropertyName() != null
                ? reference.getPropertyName()
                : Integer.toString(reference.getIndex());
    }
}

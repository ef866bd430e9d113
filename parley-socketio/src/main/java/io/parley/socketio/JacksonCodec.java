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

/** JSON by Jackson 3, with the rules of {@code JSON.stringify}. */
final class JacksonCodec implements JsonCodec {

    static final JacksonCodec INSTANCE = new JacksonCodec();

    private final JsonMapper mapper = JacksonRules.mapper();
    private final JsonMapper attachmentMapper = JacksonRules.attachmentMapper(mapper);
    private final ObjectWriter writer = mapper.writer();

    private JacksonCodec() {}

    @Override
    public void encode(@Nullable Object value, StringBuilder out, BinarySink binary) {
        if (value instanceof String string) {
            JsonText.quote(out, string);
        } else if (value == null || value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            out.append(value);
        } else {
            encode(writer, value, out, binary);
        }
    }

    @Override
    public void encode(Object value, Type type, StringBuilder out, BinarySink binary) {
        encode(mapper.writerFor(mapper.constructType(type)), value, out, binary);
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
            JavaType target = mapper.constructType(type);
            return attachments.isEmpty()
                    ? mapper.readValue(json, target)
                    : attachmentMapper.treeToValue(tree(json, attachments), target);
        } catch (JacksonException e) {
            throw new JacksonProblem(e, () -> tree(json, attachments)).explain();
        }
    }

    private JsonNode tree(String json, List<ByteBuffer> attachments) {
        JsonNode tree = mapper.readTree(json);
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

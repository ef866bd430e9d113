package io.parley.socketio;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;

/** JSON by Jackson 3, with the rules of {@code JSON.stringify}. */
final class JacksonCodec implements JsonCodec {

    static final JacksonCodec INSTANCE = new JacksonCodec();

    private final JsonMapper mapper = JacksonRules.mapper();

    private JacksonCodec() {}

    @Override
    public void encode(@Nullable Object value, StringBuilder out, BinarySink binary) {
        if (value instanceof String string) {
            JsonText.quote(out, string);
        } else if (value == null || value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            out.append(value);
        } else {
            encodeOther(value, out, binary);
        }
    }

    private void encodeOther(Object value, StringBuilder out, BinarySink binary) {
        try (JsonGenerator generator =
                new JacksonRules.Generator(mapper.createGenerator(new JsonOutput(out, binary)))) {
            mapper.writeValue(generator, value);
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
                    : mapper.treeToValue(JacksonRules.attach(mapper.readTree(json), attachments), target);
        } catch (JacksonException e) {
            throw new SocketIoException(explain(e), e);
        }
    }

    /** Where in the value, and what is wrong there. */
    private static String explain(JacksonException e) {
        String path = e.getPath().stream().map(JacksonCodec::step).collect(joining("."));
        return path.isEmpty() ? problem(e) : path + ": " + problem(e);
    }

    private static String problem(JacksonException e) {
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            return String.valueOf(e.getCause().getMessage()); // a constructor said no
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            String type = mismatch.getTargetType().getSimpleName();
            return withoutAdvice(e.getOriginalMessage()) + " (expected: " + type + ")";
        }
        return e.getOriginalMessage();
    }

    /** Leaves out what follows in brackets: which of Jackson's settings would have let it pass. */
    private static String withoutAdvice(String message) {
        int bracket = message.indexOf(" (");
        return (bracket < 0 ? message : message.substring(0, bracket)).replace("`", "");
    }

    private static String step(JacksonException.Reference reference) {
        return reference.getPropertyName() != null
                ? reference.getPropertyName()
                : Integer.toString(reference.getIndex());
    }
}

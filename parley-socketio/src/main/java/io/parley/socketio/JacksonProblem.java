package io.parley.socketio;

import static java.util.stream.Collectors.joining;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says what is wrong with JSON that does not fit a type, in the words of JSON: where, what is there, what should be. */
final class JacksonProblem {

    private static final Pattern LIST = Pattern.compile("\\[([^\\[\\]]*)][^\\[\\]]*$");

    private final JacksonException problem;
    private final Supplier<JsonNode> json;

    /**
     * What {@code problem} is about.
     *
     * @param json makes a tree of the text once more; asked only when it has been a tree before, or has just been read
     */
    JacksonProblem(JacksonException problem, Supplier<JsonNode> json) {
        this.problem = problem;
        this.json = json;
    }

    /**
     * What to throw.
     *
     * @throws RuntimeException what a constructor has thrown that is no refusal of its arguments
     */
    RuntimeException explain() {
        String path = JsonPath.bounded(
                problem.getPath().stream().map(step -> "/" + name(step)).collect(joining()));
        if (problem instanceof ValueInstantiationException && problem.getCause() != null) {
            return refusal(path, problem.getCause());
        }
        if (problem instanceof MismatchedInputException mismatch) {
            return mismatch(path, mismatch);
        }
        if (problem instanceof InputCoercionException outOfRange) {
            return MismatchException.of(
                    path, "is " + describe(find(tree())) + expected(rangeOf(outOfRange.getTargetType())), problem);
        }
        return MismatchException.of(path, "is not understood: " + problem.getOriginalMessage(), problem);
    }

    private static String name(JacksonException.Reference step) {
        return step.getPropertyName() != null
                ? JsonPath.step(step.getPropertyName())
                : Integer.toString(step.getIndex());
    }

    private static RuntimeException refusal(String path, Throwable cause) {
        if (cause instanceof IllegalArgumentException) {
            return MismatchException.refused(path, cause);
        }
        return cause instanceof RuntimeException failure ? failure : new SocketIoException(path + ": " + cause, cause);
    }

    private MismatchException mismatch(String path, MismatchedInputException mismatch) {
        JsonNode there = find(tree());
        if (mismatch instanceof InvalidTypeIdException unknown) {
            return MismatchException.of(path, typeProblem(unknown), problem);
        }
        if (mismatch instanceof InvalidNullException && there != null && !there.isNull()) {
            String inside = firstNull(there);
            return MismatchException.of(path + inside, "is null" + expected("a value"), problem);
        }
        return MismatchException.of(path, "is " + describe(there) + expected(expectation(mismatch)), problem);
    }

    private static String typeProblem(InvalidTypeIdException unknown) {
        String id = unknown.getTypeId();
        Matcher known = LIST.matcher(unknown.getOriginalMessage());
        String names = known.find() && !known.group(1).isEmpty() ? expected("one of " + known.group(1)) : "";
        return id == null
                ? "does not say its type: " + withoutAdvice(unknown.getOriginalMessage())
                : "is of an unknown type, \"" + Excerpt.of(id, Arguments.PREVIEW_CHARS) + '"' + names;
    }

    private static String expected(String what) {
        return " (expected: " + what + ")";
    }

    private static String expectation(MismatchedInputException mismatch) {
        Class<?> type = mismatch.getTargetType();
        if (type == null) {
            return "something else: " + withoutAdvice(mismatch.getOriginalMessage());
        }
        Matcher values = LIST.matcher(mismatch.getOriginalMessage());
        return type.isEnum() && values.find() ? "one of " + values.group(1) : wordFor(type);
    }

    /** What the JSON for a type is called. */
    private static String wordFor(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "a boolean";
        }
        if (type.isPrimitive() ? type != char.class : Number.class.isAssignableFrom(type)) {
            return isFractional(type) ? "a number" : "an integer";
        }
        if (type == char.class || CharSequence.class.isAssignableFrom(type)) {
            return "a string";
        }
        if (type == byte[].class || ByteBuffer.class.isAssignableFrom(type)) {
            return "binary";
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "an array";
        }
        return Map.class.isAssignableFrom(type) ? "an object" : type.getSimpleName();
    }

    private static boolean isFractional(Class<?> type) {
        return type == double.class
                || type == float.class
                || type == Double.class
                || type == Float.class
                || type == Number.class
                || type == java.math.BigDecimal.class;
    }

    private static String rangeOf(Class<?> type) {
        return type == long.class || type == Long.class ? "an integer of 64 bits" : "an integer of 32 bits or fewer";
    }

    /** Leaves out what follows in brackets: which of Jackson's settings would have let it pass. */
    private static String withoutAdvice(String message) {
        int bracket = message.indexOf(" (");
        return (bracket < 0 ? message : message.substring(0, bracket)).replace("`", "");
    }

    private @Nullable JsonNode tree() {
        try {
            return json.get();
        } catch (JacksonException unreadable) {
            return null; // the text is broken further on: then nothing is said of what is there
        }
    }

    /** What is where the problem is; null when nothing is. */
    private @Nullable JsonNode find(@Nullable JsonNode root) {
        JsonNode node = root;
        for (JacksonException.Reference step : problem.getPath()) {
            if (node == null) {
                return null;
            }
            node = step.getPropertyName() == null ? node.get(step.getIndex()) : node.get(step.getPropertyName());
        }
        return node;
    }

    private static String firstNull(JsonNode holder) {
        if (holder.isObject()) {
            for (var property : holder.properties()) {
                String path = pathOfNull(property.getValue());
                if (path != null) {
                    return "/" + JsonPath.step(property.getKey()) + path;
                }
            }
        }
        for (int i = 0; holder.isArray() && i < holder.size(); i++) {
            String path = pathOfNull(holder.get(i));
            if (path != null) {
                return "/" + i + path;
            }
        }
        return "";
    }

    private static @Nullable String pathOfNull(JsonNode node) {
        if (node.isNull()) {
            return "";
        }
        String inside = firstNull(node);
        return inside.isEmpty() ? null : inside;
    }

    private static String describe(@Nullable JsonNode node) {
        if (node == null || node.isMissingNode()) {
            return Argument.Kind.ABSENT.phrase();
        }
        return switch (node.getNodeType()) {
            case NULL -> Argument.Kind.NULL.phrase();
            case BOOLEAN -> Argument.Kind.BOOLEAN.phrase() + ": " + node;
            case NUMBER -> Argument.Kind.NUMBER.phrase() + ": " + preview(node);
            case STRING -> Argument.Kind.STRING.phrase() + ": " + preview(node);
            case BINARY -> Argument.Kind.BINARY.phrase() + ": " + node.binaryValue().length + " bytes";
            case ARRAY -> Argument.Kind.ARRAY.phrase();
            case OBJECT -> Argument.Kind.OBJECT.phrase();
            case MISSING, POJO -> Argument.Kind.ABSENT.phrase();
        };
    }

    private static String preview(JsonNode node) {
        return Excerpt.of(node.toString(), Arguments.PREVIEW_CHARS);
    }
}

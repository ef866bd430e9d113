package io.parley.chat;

import io.parley.chat.domain.ChatException;
import io.parley.chat.domain.ChatException.Code;
import io.parley.socketio.Argument;
import io.parley.socketio.Arguments;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The fields of a request, each of the type it should be or refused with a message that names it. Immutable. */
final class Request {

    private static final int MAX_KEY_LENGTH = 64;

    private final Map<?, ?> fields;

    private Request(Map<?, ?> fields) {
        this.fields = fields;
    }

    /**
     * The request that came as the first argument.
     *
     * @throws ChatException {@link Code#INVALID} if it is no object
     */
    static Request of(Arguments args) {
        if (args.kind(0) != Argument.Kind.OBJECT) {
            throw invalid("The request is no object (expected: one with the fields of the request).");
        }
        return new Request(args.as(0, Map.class));
    }

    /** A string that must be there; may be empty. */
    String string(String field) {
        Object value = fields.get(field);
        if (!(value instanceof String text)) {
            throw unexpected(field, value, "a string");
        }
        return text;
    }

    /** The sender's own id of a message: 1 to 64 letters, digits and {@code -_.:}. */
    String key() {
        String key = string("key");
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH || !key.chars().allMatch(Request::isKeyCharacter)) {
            throw invalid("key: expected 1 to " + MAX_KEY_LENGTH + " letters, digits, '-', '_', '.' or ':'.");
        }
        return key;
    }

    private static boolean isKeyCharacter(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || "-_.:".indexOf(c) >= 0;
    }

    /** A boolean that must be there. */
    boolean bool(String field) {
        Object value = fields.get(field);
        if (!(value instanceof Boolean bool)) {
            throw unexpected(field, value, "true or false");
        }
        return bool;
    }

    /** An integer of 0 or more that must be there. */
    long integer(String field) {
        return optionalInteger(field).orElseThrow(() -> unexpected(field, null, "an integer"));
    }

    /** An integer of 0 or more that may be missing. */
    OptionalLong optionalInteger(String field) {
        Object value = fields.get(field);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (!(value instanceof Integer || value instanceof Long) || ((Number) value).longValue() < 0) {
            throw unexpected(field, value, "an integer of 0 or more");
        }
        return OptionalLong.of(((Number) value).longValue());
    }

    private static ChatException unexpected(String field, @Nullable Object value, String expected) {
        return invalid(field + ": " + describe(value) + " (expected: " + expected + ").");
    }

    private static String describe(@Nullable Object value) {
        if (value == null) {
            return "missing";
        }
        return value instanceof Number || value instanceof Boolean ? value.toString() : "something else";
    }

    private static ChatException invalid(String message) {
        return new ChatException(Code.INVALID, message);
    }
}

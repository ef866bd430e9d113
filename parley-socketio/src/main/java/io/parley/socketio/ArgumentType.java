package io.parley.socketio;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * What one argument has to be, and whether it may be null or missing.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param type {@link Void} for no argument
 * @param nullable whether null, or nothing at all, will do
 * @param elements what must not be null inside; null when there is nothing to look for
 */
record ArgumentType(Type type, boolean nullable, @Nullable Elements elements) {

    static ArgumentType of(Class<?> type) {
        return new ArgumentType(type, type == Void.class, Elements.of(type));
    }

    static ArgumentType of(AnnotatedType type) {
        return new ArgumentType(type.getType(), Nullness.isNullable(type), Elements.of(type));
    }

    static ArgumentType of(RecordComponent component) {
        AnnotatedType type = component.getAnnotatedType();
        return new ArgumentType(component.getGenericType(), Nullness.isNullable(component), Elements.of(type));
    }

    /**
     * Reads such an argument.
     *
     * @return null if it may be null, and is, or if it is {@link Void}
     * @throws ArgumentException if it is anything else
     */
    @Nullable
    Object read(Arguments arguments, int index) {
        if (type == Void.class) {
            return null;
        }
        if (arguments.isNull(index)) {
            Object empty = empty();
            if (nullable || empty != null) {
                return empty;
            }
        }
        Object value = arguments.as(index, type);
        String path = elements == null ? null : elements.firstNull(value);
        if (path != null) {
            throw arguments.mismatch(index, MismatchException.of(path, "is null (expected: a value)"));
        }
        return value;
    }

    /** What is to be sent for a value. */
    @Nullable
    Object write(@Nullable Object value) {
        return value == null || type instanceof Class<?> ? value : new TypedValue(value, type);
    }

    private @Nullable Object empty() {
        Type raw = type instanceof ParameterizedType generic ? generic.getRawType() : type;
        return raw instanceof Class<?> c ? Nullness.emptyOf(c) : null;
    }
}

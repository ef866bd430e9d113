package io.parley.socketio;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds nulls in collections, maps, arrays and optionals that may hold none. {@code Object} as an element stands for any
 * JSON, null included.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param nullable whether the elements may be null
 * @param inside the elements' own elements; null when there is nothing to find
 */
record Elements(boolean nullable, @Nullable Elements inside) {

    /** What has to be looked for in values of a type; null when there is nothing. */
    static @Nullable Elements of(AnnotatedType type) {
        AnnotatedType element = elementOf(type);
        return element == null ? null : holding(mayBeNull(element), of(element));
    }

    /** What has to be looked for in an array of that class; null when there is nothing. */
    static @Nullable Elements of(Class<?> type) {
        Class<?> element = type.getComponentType();
        return element == null ? null : holding(element.isPrimitive() || element == Object.class, of(element));
    }

    /** Whether there may be no null at any depth. */
    boolean allowsNone() {
        return !nullable && (inside == null || inside.allowsNone());
    }

    private static @Nullable Elements holding(boolean nullable, @Nullable Elements inside) {
        return nullable && inside == null ? null : new Elements(nullable, inside);
    }

    private static boolean mayBeNull(AnnotatedType element) {
        return Nullness.isNullable(element)
                || element.getType() == Object.class
                || (element.getType() instanceof Class<?> c && c.isPrimitive());
    }

    private static @Nullable AnnotatedType elementOf(AnnotatedType type) {
        if (type instanceof AnnotatedArrayType array) {
            return array.getAnnotatedGenericComponentType();
        }
        if (type instanceof AnnotatedParameterizedType generic
                && ((ParameterizedType) generic.getType()).getRawType() instanceof Class<?> raw) {
            AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
            if (Map.class.isAssignableFrom(raw) && arguments.length == 2) {
                return arguments[1];
            }
            boolean holder = Collection.class.isAssignableFrom(raw) || raw == Optional.class;
            return holder && arguments.length == 1 ? arguments[0] : null;
        }
        return null;
    }

    /** The path of the first null that must not be there; null when there is none. */
    @Nullable
    String firstNull(Object value) {
        if (value instanceof Collection<?> collection) {
            return firstNullOf(collection);
        }
        if (value instanceof Map<?, ?> map) {
            return firstNullOf(map);
        }
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() && inside != null ? inside.firstNull(optional.get()) : null;
        }
        return value instanceof Object[] array ? firstNullOf(java.util.Arrays.asList(array)) : null;
    }

    private @Nullable String firstNullOf(Collection<?> values) {
        int index = 0;
        for (Object value : values) {
            String path = pathIn(value);
            if (path != null) {
                return "/" + index + path;
            }
            index++;
        }
        return null;
    }

    private @Nullable String firstNullOf(Map<?, ?> values) {
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            String path = pathIn(entry.getValue());
            if (path != null) {
                return "/" + JsonPath.step(String.valueOf(entry.getKey())) + path;
            }
        }
        return null;
    }

    private @Nullable String pathIn(@Nullable Object element) {
        if (element == null) {
            return nullable ? null : "";
        }
        return inside == null ? null : inside.firstNull(element);
    }
}

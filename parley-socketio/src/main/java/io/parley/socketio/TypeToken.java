package io.parley.socketio;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Says a generic type, which a class literal cannot: {@code new TypeToken<List<Message>>() {}}.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param <T> the type
 */
public abstract class TypeToken<T> {

    private final Type type;

    /** For the anonymous subclass that names the type. */
    protected TypeToken() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parent)
                || parent.getRawType() != TypeToken.class) {
            throw new IllegalArgumentException(
                    "TypeToken without a type (expected: a direct subclass such as new TypeToken<List<String>>() {})");
        }
        type = parent.getActualTypeArguments()[0];
    }

    /** The type. */
    public final Type type() {
        return type;
    }

    @Override
    public final String toString() {
        return type.getTypeName();
    }
}

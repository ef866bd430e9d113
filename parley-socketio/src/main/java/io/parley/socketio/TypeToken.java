package io.parley.socketio;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Says a generic type, which a class literal cannot: {@code new TypeToken<List<Message>>() {}}. So is what may be null in
 * it: {@code new TypeToken<List<@Nullable String>>() {}}.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param <T> the type
 */
public abstract class TypeToken<T extends @Nullable Object> {

    private final ArgumentType argument;

    /** For the anonymous subclass that names the type. */
    protected TypeToken() {
        if (!(getClass().getAnnotatedSuperclass() instanceof AnnotatedParameterizedType parent)
                || ((ParameterizedType) parent.getType()).getRawType() != TypeToken.class) {
            throw new IllegalArgumentException(
                    "TypeToken without a type (expected: a direct subclass such as new TypeToken<List<String>>() {})");
        }
        argument = ArgumentType.of(parent.getAnnotatedActualTypeArguments()[0]);
    }

    /** The type as that of an argument. */
    final ArgumentType argument() {
        return argument;
    }

    /** The type. */
    public final Type type() {
        return argument.type();
    }

    @Override
    public final String toString() {
        return type().getTypeName();
    }
}

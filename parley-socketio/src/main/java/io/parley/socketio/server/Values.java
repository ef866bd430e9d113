package io.parley.socketio.server;

import io.parley.socketio.Arguments;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Values of declared events. */
final class Values {

    private Values() {}

    /** The arguments that carry {@code value}: none if it is declared as {@link Void}. */
    static Arguments arguments(Type type, @Nullable Object value) {
        return Arguments.of(toArray(type, value));
    }

    static @Nullable Object[] toArray(Type type, @Nullable Object value) {
        return type == Void.class ? new Object[0] : new @Nullable Object[] {value};
    }
}

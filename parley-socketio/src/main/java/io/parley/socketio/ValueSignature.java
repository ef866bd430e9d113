package io.parley.socketio;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** One argument, or none. Immutable. */
final class ValueSignature<T extends @Nullable Object> extends Signature<T> {

    private final ArgumentType argument;

    ValueSignature(ArgumentType argument) {
        this.argument = argument;
    }

    @Override
    public Type type() {
        return argument.type();
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the type is the one that T was declared with, null included
    public T read(Arguments arguments) {
        return (T) argument.read(arguments, 0);
    }

    @Override
    public @Nullable Object[] toArray(T value) {
        return type() == Void.class ? new Object[0] : new @Nullable Object[] {argument.write(value)};
    }

    @Override
    public String toString() {
        return type().getTypeName();
    }
}

package io.parley.socketio;

import java.lang.reflect.Type;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Arguments with a check of the application's. Immutable. */
final class CheckedSignature<T extends @Nullable Object> extends Signature<T> {

    private final Signature<T> signature;
    private final Consumer<? super T> check;

    CheckedSignature(Signature<T> signature, Consumer<? super T> check) {
        this.signature = signature;
        this.check = check;
    }

    @Override
    public Type type() {
        return signature.type();
    }

    @Override
    public T read(Arguments arguments) {
        T value = signature.read(arguments);
        try {
            check.accept(value);
        } catch (MismatchException wrong) {
            throw arguments.refused(wrong);
        } catch (IllegalArgumentException wrong) {
            throw arguments.refused(MismatchException.refused("", wrong));
        }
        return value;
    }

    @Override
    public @Nullable Object[] toArray(T value) {
        return signature.toArray(value);
    }

    @Override
    public String toString() {
        return signature.toString();
    }
}

package io.parley.socketio;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Type;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the arguments of an event are, or of an acknowledgement: none, one of a type, or several, one for each component
 * of a record.
 *
 * <p>What comes in is checked: an argument, and a component of a record, must be there and must not be null, unless it
 * is {@code @Nullable} or {@code Optional}. Arguments beyond those that are expected are ignored.
 *
 * <p><b>Threading.</b> Immutable; a check may be called by any number of threads at a time.
 *
 * @param <T> the value that stands for the arguments; {@link Void} for none
 */
public abstract sealed class Signature<T extends @Nullable Object>
        permits ValueSignature, ComponentsSignature, CheckedSignature {

    Signature() {}

    /** No arguments. */
    public static Signature<Void> none() {
        return of(Void.class);
    }

    /** One argument; none if the type is {@link Void}. */
    public static <T> Signature<T> of(Class<T> type) {
        return new ValueSignature<>(ArgumentType.of(type));
    }

    /** One argument of a generic type, or one that may be null: {@code new TypeToken<@Nullable String>() {}}. */
    public static <T extends @Nullable Object> Signature<T> of(TypeToken<T> type) {
        return new ValueSignature<>(type.argument());
    }

    /**
     * An argument for each component of a record, in their order. As many are sent as there are components: null where
     * a component is null or empty. The last ones may be missing from what comes in, if they may be null.
     *
     * @throws IllegalArgumentException if the record has type parameters, or if its package is not open to this module
     */
    public static <T extends Record> Signature<T> ofComponents(Class<T> type) {
        return ComponentsSignature.ofRecord(type);
    }

    /**
     * The same with a check of the application's own, made after everything else fits. What is about one component only
     * stands better in the record's constructor.
     *
     * @param check returns to accept what came in, throws an {@link IllegalArgumentException}, or a
     *     {@link MismatchException} that says where, to refuse it: the sender gets to read the message
     */
    public Signature<T> check(Consumer<? super T> check) {
        return new CheckedSignature<>(this, requireNonNull(check, "check"));
    }

    /** The type of the value. */
    public abstract Type type();

    /**
     * The value of arguments that came in; null if the type is {@link Void}, or if it may be null and is.
     *
     * @throws ArgumentException if they do not fit
     */
    public abstract T read(Arguments arguments);

    /** The arguments that carry a value. */
    public final Arguments write(T value) {
        return Arguments.of(toArray(value));
    }

    /** The values of the arguments that carry a value: what {@link Ack#send} takes. */
    public abstract @Nullable Object[] toArray(T value);

    @Override
    public abstract String toString();
}

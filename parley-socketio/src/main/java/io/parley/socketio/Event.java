package io.parley.socketio;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Type;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An event declared once, with what its arguments are, for whoever emits it and whoever listens.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param <T> the argument, or a record whose components are the arguments; {@link Void} for an event without one
 */
public final class Event<T extends @Nullable Object> {

    private final String name;
    private final Signature<T> signature;

    private Event(String name, Signature<T> signature) {
        this.name = EventNames.requireUsable(name);
        this.signature = requireNonNull(signature, "signature");
    }

    /**
     * Declares an event.
     *
     * @param type what its argument is; {@code Void.class} for none
     * @throws IllegalArgumentException if the name is reserved
     */
    public static <T> Event<T> of(String name, Class<T> type) {
        return of(name, Signature.of(type));
    }

    /**
     * Declares an event whose argument has a generic type, or may be null.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public static <T extends @Nullable Object> Event<T> of(String name, TypeToken<T> type) {
        return of(name, Signature.of(type));
    }

    /**
     * Declares an event with any arguments.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public static <T extends @Nullable Object> Event<T> of(String name, Signature<T> signature) {
        return new Event<>(name, signature);
    }

    /**
     * Declares an event with an argument for each component of a record: {@code emit("move", 3, 4)} for {@code record
     * Move(int x, int y)}. See {@link Signature#ofComponents}.
     *
     * @throws IllegalArgumentException if the name is reserved, or if the record has type parameters
     */
    public static <T extends Record> Event<T> ofComponents(String name, Class<T> type) {
        return of(name, Signature.ofComponents(type));
    }

    /** The same event with a check of what comes in; see {@link Signature#check}. */
    public Event<T> check(Consumer<? super T> check) {
        return new Event<>(name, signature.check(check));
    }

    /** The event's name on the wire. */
    public String name() {
        return name;
    }

    /** What its argument is, or the record of its arguments. */
    public Type type() {
        return signature.type();
    }

    /**
     * What such an event that came in carries; null if the type is {@link Void}, or may be null.
     *
     * @throws ArgumentException if the arguments do not fit
     */
    public T read(Arguments arguments) {
        return signature.read(arguments);
    }

    /** The arguments of such an event that is to be sent. */
    public Arguments write(T value) {
        return signature.write(value);
    }

    @Override
    public String toString() {
        return name + "(" + signature + ")";
    }
}

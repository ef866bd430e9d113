package io.parley.socketio;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Type;

/**
 * An event declared once, with the type of its argument, for whoever emits it and whoever listens.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param <T> the argument; {@link Void} for an event without one
 */
public final class Event<T> {

    private final String name;
    private final Type type;

    private Event(String name, Type type) {
        this.name = EventNames.requireUsable(name);
        this.type = requireNonNull(type, "type");
    }

    /**
     * Declares an event.
     *
     * @param type what its argument is; {@code Void.class} for none
     * @throws IllegalArgumentException if the name is reserved
     */
    public static <T> Event<T> of(String name, Class<T> type) {
        return new Event<>(name, type);
    }

    /**
     * Declares an event whose argument has a generic type.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public static <T> Event<T> of(String name, TypeToken<T> type) {
        return new Event<>(name, type.type());
    }

    /** The event's name on the wire. */
    public String name() {
        return name;
    }

    /** What its argument is. */
    public Type type() {
        return type;
    }

    /**
     * The argument of such an event that came in; null if the type is {@link Void}.
     *
     * @throws ArgumentException if it is of another type
     */
    @SuppressWarnings("unchecked") // the type is the one that T was declared with
    public T read(Arguments arguments) {
        return (T) arguments.as(0, type);
    }

    @Override
    public String toString() {
        return name + "(" + type.getTypeName() + ")";
    }
}

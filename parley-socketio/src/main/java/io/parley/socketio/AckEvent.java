package io.parley.socketio;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Type;

/**
 * An event that is answered, declared once, with the types of its argument and of the acknowledgement.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param <T> the argument; {@link Void} for an event without one
 * @param <R> the acknowledgement; {@link Void} for one without a value
 */
public final class AckEvent<T, R> {

    private final String name;
    private final Type type;
    private final Type replyType;

    private AckEvent(String name, Type type, Type replyType) {
        this.name = EventNames.requireUsable(name);
        this.type = requireNonNull(type, "type");
        this.replyType = requireNonNull(replyType, "replyType");
    }

    /**
     * Declares an event with an answer.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public static <T, R> AckEvent<T, R> of(String name, Class<T> type, Class<R> replyType) {
        return new AckEvent<>(name, type, replyType);
    }

    /**
     * Declares an event whose answer has a generic type.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public static <T, R> AckEvent<T, R> of(String name, Class<T> type, TypeToken<R> replyType) {
        return new AckEvent<>(name, type, replyType.type());
    }

    /**
     * Declares an event whose argument has a generic type.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public static <T, R> AckEvent<T, R> of(String name, TypeToken<T> type, Class<R> replyType) {
        return new AckEvent<>(name, type.type(), replyType);
    }

    /**
     * Declares an event whose argument and answer have generic types.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public static <T, R> AckEvent<T, R> of(String name, TypeToken<T> type, TypeToken<R> replyType) {
        return new AckEvent<>(name, type.type(), replyType.type());
    }

    /** The event's name on the wire. */
    public String name() {
        return name;
    }

    /** What its argument is. */
    public Type type() {
        return type;
    }

    /** What the acknowledgement is. */
    public Type replyType() {
        return replyType;
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

    /**
     * The acknowledgement that came in; null if the type is {@link Void}.
     *
     * @throws ArgumentException if it is of another type
     */
    @SuppressWarnings("unchecked") // the type is the one that R was declared with
    public R readReply(Arguments reply) {
        return (R) reply.as(0, replyType);
    }

    @Override
    public String toString() {
        return name + "(" + type.getTypeName() + ") -> " + replyType.getTypeName();
    }
}

package io.parley.socketio;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Type;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An event that is answered, declared once, with what its arguments and those of the acknowledgement are.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param <T> the argument, or a record whose components are the arguments; {@link Void} for an event without one
 * @param <R> likewise the acknowledgement; {@link Void} for one without a value
 */
public final class AckEvent<T extends @Nullable Object, R extends @Nullable Object> {

    private final String name;
    private final Signature<T> signature;
    private final Signature<R> reply;

    private AckEvent(String name, Signature<T> signature, Signature<R> reply) {
        this.name = EventNames.requireUsable(name);
        this.signature = requireNonNull(signature, "signature");
        this.reply = requireNonNull(reply, "reply");
    }

    /**
     * Declares an event with an answer.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public static <T, R> AckEvent<T, R> of(String name, Class<T> type, Class<R> replyType) {
        return of(name, Signature.of(type), Signature.of(replyType));
    }

    /**
     * Declares an event whose answer has a generic type, or may be null.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public static <T, R extends @Nullable Object> AckEvent<T, R> of(
            String name, Class<T> type, TypeToken<R> replyType) {
        return of(name, Signature.of(type), Signature.of(replyType));
    }

    /**
     * Declares an event whose argument has a generic type, or may be null.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public static <T extends @Nullable Object, R> AckEvent<T, R> of(
            String name, TypeToken<T> type, Class<R> replyType) {
        return of(name, Signature.of(type), Signature.of(replyType));
    }

    /**
     * Declares an event whose argument and answer have generic types, or may be null.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public static <T extends @Nullable Object, R extends @Nullable Object> AckEvent<T, R> of(
            String name, TypeToken<T> type, TypeToken<R> replyType) {
        return of(name, Signature.of(type), Signature.of(replyType));
    }

    /**
     * Declares an event with any arguments and any answer, several for example: {@code AckEvent.of("move",
     * Signature.ofComponents(Move.class), Signature.ofComponents(Outcome.class))}.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public static <T extends @Nullable Object, R extends @Nullable Object> AckEvent<T, R> of(
            String name, Signature<T> signature, Signature<R> reply) {
        return new AckEvent<>(name, signature, reply);
    }

    /** The same event with a check of what comes in; see {@link Signature#check}. */
    public AckEvent<T, R> check(Consumer<? super T> check) {
        return new AckEvent<>(name, signature.check(check), reply);
    }

    /** The event's name on the wire. */
    public String name() {
        return name;
    }

    /** What its argument is, or the record of its arguments. */
    public Type type() {
        return signature.type();
    }

    /** What the acknowledgement is, or the record of its arguments. */
    public Type replyType() {
        return reply.type();
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

    /**
     * What the acknowledgement that came in carries; null if the type is {@link Void}, or may be null.
     *
     * @throws ArgumentException if it does not fit: {@code "join": acknowledgement: argument 0 is null (expected: an
     *     integer)}
     */
    public R readReply(Arguments arguments) {
        try {
            return reply.read(arguments);
        } catch (ArgumentException wrong) {
            throw wrong.answering(name);
        }
    }

    /** Answers such an event that came in. */
    public void reply(Ack ack, R value) {
        ack.send(reply.toArray(value));
    }

    @Override
    public String toString() {
        return name + "(" + signature + ") -> " + reply;
    }
}

package io.parley.socketio;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into JSON text and back. {@link #standard} does it the way JavaScript's {@code JSON.stringify} does; put
 * another in its place to bring your own JSON library.
 *
 * <p>Binary values ({@code byte[]} and {@link ByteBuffer}) never become JSON: each travels as an attachment of its own
 * and leaves a placeholder behind, {@code {"_placeholder":true,"num":0}} (Socket.IO protocol 5, "Sending and receiving
 * binary"), written exactly so. In a text to decode, an object with a number that no attachment has is just an object.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
public interface JsonCodec {

    /**
     * The default. Numbers that are not finite become null; instants and dates become {@code 2026-01-31T12:00:00.000Z};
     * lone surrogates are escaped; records, collections, maps, enums, {@code Optional} and beans are understood, and so
     * are {@link Argument}s anywhere in a value. Decoding ignores unknown properties, takes no string for a number
     * nor a number for a string, and refuses nesting beyond 512 levels and numbers beyond 1,000 digits. A named module
     * opens the packages of its own types to {@code tools.jackson.databind}.
     */
    static JsonCodec standard() {
        return JacksonCodec.INSTANCE;
    }

    /**
     * Appends the JSON text of a value.
     *
     * @param value any value the codec understands
     * @param out where the text goes
     * @param binary takes the binary values found on the way
     * @throws IllegalArgumentException if the value cannot become JSON; {@code out} may hold part of it then
     */
    void encode(@Nullable Object value, StringBuilder out, BinarySink binary);

    /**
     * Appends the JSON text of a value whose class does not say all of its type: a {@code List<Shape>}, where {@code
     * Shape} is sealed. Unless overridden it is encoded by its class.
     *
     * @param type the type as it was declared
     * @throws IllegalArgumentException as {@link #encode(Object, StringBuilder, BinarySink)}
     */
    default void encode(Object value, Type type, StringBuilder out, BinarySink binary) {
        encode(value, out, binary);
    }

    /**
     * Makes a value of JSON text.
     *
     * @param json one valid JSON value
     * @param type what to make of it
     * @param attachments what placeholders in the text stand for, by number; empty when an object that looks like a
     *     placeholder is just an object
     * @return null when the text is {@code null}
     * @throws SocketIoException if the text does not fit the type; a {@link MismatchException} says where
     */
    @Nullable
    Object decode(String json, Type type, List<ByteBuffer> attachments);

    /** Takes the binary values of a packet out of its JSON. */
    @FunctionalInterface
    interface BinarySink {

        /**
         * Takes one value.
         *
         * @param bytes shared: they must not change any more
         * @return the number for the placeholder
         */
        int add(ByteBuffer bytes);

        /**
         * Takes a date, if what the packet becomes has a form for it, as MessagePack has. A codec that does not ask
         * writes dates as text.
         *
         * @return the number for the placeholder; negative when the date must be written as text
         */
        default int addDate(Instant date) {
            return -1;
        }
    }
}

package io.parley.socketio;

import java.lang.reflect.Type;

/**
 * One argument of an event or acknowledgement. Given to {@code emit} it is sent on as it came, without being parsed
 * and printed again.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class Argument {

    private final Arguments arguments;
    private final int index;

    Argument(Arguments arguments, int index) {
        this.arguments = arguments;
        this.index = index;
    }

    /** What kinds of values there are. */
    public enum Kind {
        /** No such argument came. */
        ABSENT("missing"),
        /** JSON's {@code null}. */
        NULL("null"),
        /** {@code true} or {@code false}. */
        BOOLEAN("a boolean"),
        /** A number. */
        NUMBER("a number"),
        /** A string. */
        STRING("a string"),
        /** Bytes, from an attachment. */
        BINARY("binary"),
        /** A JSON array. */
        ARRAY("an array"),
        /** A JSON object. */
        OBJECT("an object");

        private final String phrase;

        Kind(String phrase) {
            this.phrase = phrase;
        }

        String phrase() {
            return phrase;
        }
    }

    /** What it is one of. For a {@link io.parley.socketio.packet.PacketParser}, which may know how they are encoded. */
    public Arguments arguments() {
        return arguments;
    }

    /** Which of {@link #arguments} it is. */
    public int index() {
        return index;
    }

    /** What it is. */
    public Kind kind() {
        return arguments.kind(index);
    }

    /** Whether it is null. */
    public boolean isNull() {
        return arguments.isNull(index);
    }

    /** The string. See {@link Arguments#string}. */
    public String string() {
        return arguments.string(index);
    }

    /** The integer. See {@link Arguments#integer}. */
    public int integer() {
        return arguments.integer(index);
    }

    /** The integer. See {@link Arguments#longInteger}. */
    public long longInteger() {
        return arguments.longInteger(index);
    }

    /** The number. See {@link Arguments#number}. */
    public double number() {
        return arguments.number(index);
    }

    /** The boolean. See {@link Arguments#bool}. */
    public boolean bool() {
        return arguments.bool(index);
    }

    /** The bytes. See {@link Arguments#bytes}. */
    public byte[] bytes() {
        return arguments.bytes(index);
    }

    /** The value as a type. See {@link Arguments#as(int, Class)}. */
    public <T> T as(Class<T> type) {
        return arguments.as(index, type);
    }

    /** The value as a generic type. See {@link Arguments#as(int, TypeToken)}. */
    public <T> T as(TypeToken<T> type) {
        return arguments.as(index, type);
    }

    /** The value as a type. See {@link Arguments#as(int, Type)}. */
    public Object as(Type type) {
        return arguments.as(index, type);
    }

    /** Appends it as JSON. See {@link Arguments#writeJson}. */
    public void writeJson(StringBuilder out, JsonCodec codec, JsonCodec.BinarySink binary) {
        arguments.writeJson(index, out, codec, binary);
    }

    int lengthHint() {
        return arguments.lengthHintAt(index);
    }

    /** Its kind and, when it is a short scalar, its value. */
    @Override
    public String toString() {
        return arguments.describe(index);
    }
}

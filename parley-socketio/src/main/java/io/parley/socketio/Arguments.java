package io.parley.socketio;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import io.parley.socketio.Argument.Kind;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of an event, without its name, or of an acknowledgement. What came from the peer stays encoded until
 * somebody asks for it as a type.
 *
 * <p>Asking for another type than the peer sent throws an {@link ArgumentException}, whose message says which argument
 * it is, what it is and what was expected.
 *
 * <p><b>Threading.</b> Immutable.
 */
public abstract class Arguments {

    static final int PREVIEW_CHARS = 40;

    private static final int MAX_EVENT_CHARS = 100;

    // What needs no codec.
    private static final Map<Type, Reader> READERS = Map.ofEntries(
            entry(String.class, Arguments::string),
            entry(Integer.class, Arguments::integer),
            entry(int.class, Arguments::integer),
            entry(Long.class, Arguments::longInteger),
            entry(long.class, Arguments::longInteger),
            entry(Double.class, Arguments::number),
            entry(double.class, Arguments::number),
            entry(Boolean.class, Arguments::bool),
            entry(boolean.class, Arguments::bool),
            entry(byte[].class, Arguments::bytes),
            entry(ByteBuffer.class, Arguments::buffer),
            entry(Argument.class, Arguments::get));

    /** For a form of arguments of its own: how a parser has read them. */
    protected Arguments() {}

    private interface Reader {
        Object read(Arguments arguments, int index);
    }

    /**
     * Arguments to be sent: any values that the {@link JsonCodec} understands, and {@link Argument}s that came in.
     *
     * @param values shared: they must not change before they were sent
     */
    public static Arguments of(@Nullable Object... values) {
        return new ValueArguments(values);
    }

    /** How many there are. */
    public abstract int size();

    /** Whether there is none. */
    public final boolean isEmpty() {
        return size() == 0;
    }

    /** What the argument at {@code index} (0 or more) is; {@link Kind#ABSENT} beyond the last. */
    public final Kind kind(int index) {
        return Objects.checkIndex(index, Integer.MAX_VALUE) < size() ? kindAt(index) : Kind.ABSENT;
    }

    /** Whether the argument is null or was not sent at all. */
    public final boolean isNull(int index) {
        Kind kind = kind(index);
        return kind == Kind.NULL || kind == Kind.ABSENT;
    }

    /**
     * The argument as it is, to be asked later or to be sent on.
     *
     * @throws ArgumentException if there is no such argument
     */
    public final Argument get(int index) {
        if (kind(index) == Kind.ABSENT) {
            throw unexpected(index, "any value");
        }
        return new Argument(this, index);
    }

    /**
     * The argument as a string.
     *
     * @throws ArgumentException if it is anything else
     */
    public final String string(int index) {
        require(index, Kind.STRING, "a string");
        return stringAt(index);
    }

    /**
     * The argument as an integer.
     *
     * @throws ArgumentException if it is anything else, has a fraction, or takes more than 32 bits
     */
    public final int integer(int index) {
        return (int) integer(index, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /**
     * The argument as an integer of 64 bits. JavaScript itself is exact up to 2<sup>53</sup> only.
     *
     * @throws ArgumentException if it is anything else, has a fraction, or takes more than 64 bits
     */
    public final long longInteger(int index) {
        return integer(index, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private long integer(int index, long min, long max) {
        require(index, Kind.NUMBER, "an integer");
        Number number = numberAt(index);
        long value = number.longValue(); // saturates
        if (number instanceof Double && number.doubleValue() != Math.rint(number.doubleValue())) {
            throw unexpected(index, "an integer");
        }
        if (value < min || value > max || (number instanceof Double && Math.abs(number.doubleValue()) >= 0x1p63)) {
            throw unexpected(index, "an integer from " + min + " to " + max);
        }
        return value;
    }

    /**
     * The argument as a number.
     *
     * @throws ArgumentException if it is anything else
     */
    public final double number(int index) {
        require(index, Kind.NUMBER, "a number");
        return numberAt(index).doubleValue();
    }

    /**
     * The argument as a boolean.
     *
     * @throws ArgumentException if it is anything else
     */
    public final boolean bool(int index) {
        require(index, Kind.BOOLEAN, "a boolean");
        return booleanAt(index);
    }

    /**
     * The argument as bytes, the caller's own. {@code as(index, ByteBuffer.class)} gives them without a copy.
     *
     * @throws ArgumentException if it is anything else
     */
    public final byte[] bytes(int index) {
        ByteBuffer buffer = buffer(index);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private ByteBuffer buffer(int index) {
        require(index, Kind.BINARY, "binary");
        return bytesAt(index);
    }

    /**
     * The argument as a type: a record, a bean, an enum, a number, a string, {@code byte[]}, a read-only
     * {@link ByteBuffer}, a {@code Map}, {@code Object} for whatever it is.
     *
     * @return null if the type is {@link Void}, never otherwise
     * @throws ArgumentException if it does not fit the type, is null, or is missing
     */
    @SuppressWarnings("unchecked") // the codec was told the type; a primitive's class stands for its box
    public final <T> T as(int index, Class<T> type) {
        return (T) as(index, (Type) type);
    }

    /**
     * The argument as a generic type: {@code args.as(0, new TypeToken<List<Message>>() {})}. It may be null, or missing,
     * if the type says so: {@code new TypeToken<@Nullable String>() {}}, {@code new TypeToken<Optional<String>>() {}}.
     *
     * @throws ArgumentException if it does not fit the type, or is null or holds nulls where the type does not say so
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // the codec was told the type, null included
    public final <T extends @Nullable Object> T as(int index, TypeToken<T> type) {
        return (T) type.argument().read(this, index);
    }

    /**
     * The argument as a type that is known only when the program runs.
     *
     * @return null if the type is {@link Void}, never otherwise
     * @throws ArgumentException if it does not fit the type, is null, or is missing
     */
    @SuppressWarnings("NullAway") // null is the only Void there is
    public final Object as(int index, Type type) {
        requireNonNull(type, "type");
        if (type == Void.class) {
            return null;
        }
        Reader reader = READERS.get(type);
        return reader != null ? reader.read(this, index) : decode(index, type);
    }

    private Object decode(int index, Type type) {
        Object value = kind(index) == Kind.ABSENT ? null : decodeOrExplain(index, type);
        if (value == null) {
            throw unexpected(index, nameOf(type));
        }
        return value;
    }

    private @Nullable Object decodeOrExplain(int index, Type type) {
        try {
            return valueAt(index, type);
        } catch (MismatchException e) {
            throw mismatch(index, e);
        } catch (ArgumentException e) {
            throw e;
        } catch (SocketIoException e) {
            throw mismatch(index, MismatchException.of("", "is not a " + nameOf(type) + ": " + e.getMessage(), e));
        }
    }

    /** Says that an argument does not fit. */
    final ArgumentException mismatch(int index, MismatchException wrong) {
        return new ArgumentException(event(), index, wrong.path(), title(index) + wrong.continuation(), wrong);
    }

    /** Says that a check refused what the arguments say. */
    final ArgumentException refused(MismatchException wrong) {
        String from = origin();
        String message = from.isEmpty() ? String.valueOf(wrong.getMessage()) : shortOrigin() + wrong.continuation();
        return new ArgumentException(event(), ArgumentException.NO_ARGUMENT, wrong.path(), message, wrong);
    }

    private static String nameOf(Type type) {
        return type instanceof Class<?> c ? c.getSimpleName() : type.getTypeName();
    }

    private void require(int index, Kind kind, String expected) {
        if (kind(index) != kind) {
            throw unexpected(index, expected);
        }
    }

    private ArgumentException unexpected(int index, String expected) {
        return mismatch(
                index, MismatchException.of("", "is " + describe(index) + " (expected: " + expected + ")", null));
    }

    private String title(int index) {
        return origin().isEmpty() ? "Argument " + index : shortOrigin() + ": argument " + index;
    }

    private String shortOrigin() {
        String name = event();
        return name.isEmpty() ? origin() : '"' + name + '"';
    }

    /** The name of the event, not too long to be told; empty when it is none. */
    private String event() {
        String from = origin();
        return from.startsWith("\"") ? Excerpt.of(from.substring(1, from.length() - 1), MAX_EVENT_CHARS) : "";
    }

    final String describe(int index) {
        Kind kind = kind(index);
        return switch (kind) {
            case BOOLEAN, NUMBER, STRING -> kind.phrase() + ": " + Excerpt.of(previewAt(index), PREVIEW_CHARS);
            case BINARY -> kind.phrase() + ": " + bytesAt(index).remaining() + " bytes";
            case ABSENT, NULL, ARRAY, OBJECT -> kind.phrase();
        };
    }

    /**
     * Appends an argument as JSON text. One that came as JSON is copied, with its placeholders renumbered.
     *
     * @param index of an argument there is
     * @param out where the text goes
     * @param codec encodes what is not JSON yet
     * @param binary takes the binary values
     */
    public abstract void writeJson(int index, StringBuilder out, JsonCodec codec, JsonCodec.BinarySink binary);

    /**
     * What the argument is made of, for a {@link io.parley.socketio.packet.PacketParser} with another form than JSON.
     *
     * @param index of an argument there is
     * @return the value that {@link #of} was given, which may be an {@link Argument} that came in; an {@code Argument}
     *     of these arguments when they are encoded
     */
    public @Nullable Object source(int index) {
        return get(index);
    }

    /** About how many characters all of them take as JSON text: what a buffer should have room for. */
    public final int lengthHint() {
        int length = 0;
        for (int i = 0; i < size(); i++) {
            length += lengthHintAt(i) + 1;
        }
        return length;
    }

    /** About how many characters the argument takes as JSON text. */
    protected abstract int lengthHintAt(int index);

    /** What these are the arguments of, for messages: {@code "say"} in quotes, for example; may be empty. */
    protected abstract String origin();

    /** What the argument is; never {@link Kind#ABSENT}. */
    protected abstract Kind kindAt(int index);

    /** The value of an argument that is a {@link Kind#STRING}. */
    protected abstract String stringAt(int index);

    /** The value of an argument that is a {@link Kind#NUMBER}: a {@link Long} if it is exact, else a {@link Double}. */
    protected abstract Number numberAt(int index);

    /** The value of an argument that is a {@link Kind#BOOLEAN}. */
    protected abstract boolean booleanAt(int index);

    /** The value of an argument that is {@link Kind#BINARY}: read-only, with a position of its own. */
    protected abstract ByteBuffer bytesAt(int index);

    /**
     * The argument as any type.
     *
     * @throws SocketIoException if it does not fit; a {@link MismatchException} says where
     */
    protected abstract @Nullable Object valueAt(int index, Type type);

    /** The JSON text of a scalar, for a message. */
    protected abstract String previewAt(int index);

    /** The kinds and short values of all arguments, for logs. */
    @Override
    public final String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < size(); i++) {
            text.append(i == 0 ? "" : ", ").append(describe(i));
        }
        return text.append(']').toString();
    }
}

package io.parley.socketio;

import io.parley.socketio.Argument.Kind;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Arguments that are Java values: what is about to be sent. */
final class ValueArguments extends Arguments {

    private static final int LENGTH_OF_OTHERS = 64;

    private final @Nullable Object[] values;

    ValueArguments(@Nullable Object[] values) {
        this.values = values;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public void writeJson(int index, StringBuilder out, JsonCodec codec, JsonCodec.BinarySink binary) {
        Object value = values[index];
        if (value instanceof Argument argument) {
            argument.writeJson(out, codec, binary);
        } else {
            codec.encode(value, out, binary);
        }
    }

    @Override
    public @Nullable Object source(int index) {
        return values[index];
    }

    @Override
    protected int lengthHintAt(int index) {
        Object value = values[index];
        if (value instanceof String string) {
            return string.length() + 2;
        }
        return value instanceof Argument argument ? argument.lengthHint() : LENGTH_OF_OTHERS;
    }

    @Override
    protected String origin() {
        return "";
    }

    @Override
    protected Kind kindAt(int index) {
        Object value = values[index];
        if (value instanceof Number number) {
            return Double.isFinite(number.doubleValue()) ? Kind.NUMBER : Kind.NULL;
        }
        return value instanceof Argument argument ? argument.kind() : kindOf(value);
    }

    private static Kind kindOf(@Nullable Object value) {
        if (value == null) {
            return Kind.NULL;
        }
        if (value instanceof String) {
            return Kind.STRING;
        }
        if (value instanceof Boolean) {
            return Kind.BOOLEAN;
        }
        if (value instanceof byte[] || value instanceof ByteBuffer) {
            return Kind.BINARY;
        }
        return value instanceof Collection<?> || value.getClass().isArray() ? Kind.ARRAY : Kind.OBJECT;
    }

    @Override
    protected String stringAt(int index) {
        return values[index] instanceof Argument argument ? argument.string() : (String) value(index);
    }

    @Override
    protected Number numberAt(int index) {
        Object value = value(index);
        if (value instanceof Argument argument) {
            return argument.number();
        }
        if (value instanceof Double || value instanceof Float) {
            return ((Number) value).doubleValue();
        }
        return ((Number) value).longValue();
    }

    @Override
    protected boolean booleanAt(int index) {
        return values[index] instanceof Argument argument ? argument.bool() : (Boolean) value(index);
    }

    @Override
    protected ByteBuffer bytesAt(int index) {
        Object value = value(index);
        if (value instanceof Argument argument) {
            return argument.as(ByteBuffer.class);
        }
        return value instanceof byte[] bytes
                ? ByteBuffer.wrap(bytes).asReadOnlyBuffer()
                : ((ByteBuffer) value).slice().asReadOnlyBuffer();
    }

    @Override
    protected @Nullable Object valueAt(int index, Type type) {
        Object value = values[index];
        if (value instanceof Argument argument) {
            return argument.as(type);
        }
        return type instanceof Class<?> c && c.isInstance(value) ? value : converted(value, type);
    }

    /** What the peer would make of the value. */
    private static @Nullable Object converted(@Nullable Object value, Type type) {
        List<ByteBuffer> attachments = new ArrayList<>();
        String json = toJson(value, attachments);
        return JsonCodec.standard().decode(json, type, attachments);
    }

    private static String toJson(@Nullable Object value, List<ByteBuffer> attachments) {
        StringBuilder json = new StringBuilder();
        JsonCodec.standard().encode(value, json, bytes -> {
            attachments.add(bytes);
            return attachments.size() - 1;
        });
        return json.toString();
    }

    @Override
    protected String previewAt(int index) {
        return values[index] instanceof Argument argument
                ? argument.toString()
                : toJson(values[index], new ArrayList<>());
    }

    private Object value(int index) {
        return Objects.requireNonNull(values[index], "value");
    }
}

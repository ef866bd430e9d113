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
    private final @Nullable Type @Nullable [] types; // where a class does not say it all; null when each does

    ValueArguments(@Nullable Object[] values) {
        types = typesOf(values);
        this.values = types == null ? values : withoutTypes(values);
    }

    private static @Nullable Type @Nullable [] typesOf(@Nullable Object[] values) {
        @Nullable Type @Nullable [] types = null;
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof TypedValue typed) {
                types = types == null ? new @Nullable Type[values.length] : types;
                types[i] = typed.type();
            }
        }
        return types;
    }

    private static @Nullable Object[] withoutTypes(@Nullable Object[] values) {
        @Nullable Object[] plain = values.clone();
        for (int i = 0; i < plain.length; i++) {
            if (plain[i] instanceof TypedValue typed) {
                plain[i] = typed.value();
            }
        }
        return plain;
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
        } else if (value != null && types != null && types[index] != null) {
            codec.encode(value, types[index], out, binary);
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
        return type instanceof Class<?> c && c.isInstance(value) ? value : converted(index, type);
    }

    /** What the peer would make of the value. */
    private @Nullable Object converted(int index, Type type) {
        List<ByteBuffer> attachments = new ArrayList<>();
        String json = toJson(index, attachments);
        return JsonCodec.standard().decode(json, type, attachments);
    }

    private String toJson(int index, List<ByteBuffer> attachments) {
        StringBuilder json = new StringBuilder();
        writeJson(index, json, JsonCodec.standard(), bytes -> {
            attachments.add(bytes);
            return attachments.size() - 1;
        });
        return json.toString();
    }

    @Override
    protected String previewAt(int index) {
        return values[index] instanceof Argument argument ? argument.toString() : toJson(index, new ArrayList<>());
    }

    private Object value(int index) {
        return Objects.requireNonNull(values[index], "value");
    }
}

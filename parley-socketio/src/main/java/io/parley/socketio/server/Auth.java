package io.parley.socketio.server;

import io.parley.socketio.ArgumentException;
import io.parley.socketio.JsonCodec;
import io.parley.socketio.SocketIoException;
import io.parley.socketio.TypeToken;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of itself when it joins a namespace: the {@code auth} option of the official client. Nothing of it
 * is checked: that is what a {@link ConnectionMiddleware} is for.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class Auth {

    private static final Type MAP = new TypeToken<Map<String, Object>>() {}.type();

    private final String json;
    private final JsonCodec codec;

    Auth(String json, JsonCodec codec) {
        this.json = json;
        this.codec = codec;
    }

    /** The text of that name; null when there is none, or when it is no text. */
    public @Nullable String string(String name) {
        return values().get(name) instanceof String text ? text : null;
    }

    /** All of it. */
    @SuppressWarnings("unchecked") // a JSON object: the packet was checked
    public Map<String, Object> values() {
        return (Map<String, Object>) decode(MAP);
    }

    /**
     * All of it as a type of the application's.
     *
     * @throws ArgumentException if it does not fit; a middleware that lets it pass on refuses the client with
     *     {@code invalid auth}
     */
    public <T> T as(Class<T> type) {
        return type.cast(decode(type));
    }

    /** As it came: a JSON object, {@code {}} when the client sent nothing. */
    public String json() {
        return json;
    }

    private Object decode(Type type) {
        Object value;
        try {
            value = codec.decode(json, type, List.of());
        } catch (SocketIoException mismatch) {
            throw new ArgumentException("auth does not fit " + type.getTypeName(), mismatch);
        }
        if (value == null) {
            throw new ArgumentException("auth is null (expected: " + type.getTypeName() + ")");
        }
        return value;
    }

    /** Nothing of its content, which may be secret. */
    @Override
    public String toString() {
        return "Auth[" + json.length() + " characters]";
    }
}

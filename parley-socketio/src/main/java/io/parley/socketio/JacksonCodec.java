package io.parley.socketio;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** JSON by Jackson 3, with the rules of {@code JSON.stringify}. No other class knows Jackson. */
final class JacksonCodec implements JsonCodec {

    static final JacksonCodec INSTANCE = new JacksonCodec();

    private final JsonMapper mapper = JsonMapper.builder().build();

    private JacksonCodec() {}

    @Override
    public void encode(@Nullable Object value, StringBuilder out, BinarySink binary) {
        out.append(mapper.writeValueAsString(value));
    }

    @Override
    public @Nullable Object decode(String json, Type type, List<ByteBuffer> attachments) {
        try {
            return mapper.readValue(json, mapper.constructType(type));
        } catch (JacksonException e) {
            throw new SocketIoException(e.getOriginalMessage(), e);
        }
    }
}

package io.parley.socketio.server;

import io.parley.socketio.JsonCodec;
import org.jspecify.annotations.Nullable;

/** What a refused client is told: {@code {"message":"…","data":…}}. */
final class Refusals {

    /** For values that must not hold anything binary. */
    static final JsonCodec.BinarySink NO_BINARY = bytes -> {
        throw new IllegalArgumentException(
                "data of a refusal holds " + bytes.remaining() + " bytes (expected: no binary value)");
    };

    private Refusals() {}

    /** The payload of a CONNECT_ERROR; {@code data} is left out when it is null. */
    static String payload(JsonCodec codec, String message, @Nullable Object data) {
        String text = json(codec, message);
        return data == null
                ? "{\"message\":" + text + "}"
                : "{\"message\":" + text + ",\"data\":" + json(codec, data) + "}";
    }

    /** A value without anything binary in it. */
    static String json(JsonCodec codec, @Nullable Object value) {
        StringBuilder json = new StringBuilder();
        codec.encode(value, json, NO_BINARY);
        return json.toString();
    }
}

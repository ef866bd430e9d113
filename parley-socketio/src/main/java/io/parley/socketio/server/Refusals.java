package io.parley.socketio.server;

import io.parley.socketio.JsonCodec;
import org.jspecify.annotations.Nullable;

/** What a refused client is told: {@code {"message":"…","data":…}}. */
final class Refusals {

    private Refusals() {}

    /** The payload of a CONNECT_ERROR; {@code data} is left out when it is null. */
    static String payload(JsonCodec codec, String message, @Nullable Object data) {
        StringBuilder json = new StringBuilder("{\"message\":");
        codec.encode(message, json, Refusals::noBinary);
        if (data != null) {
            codec.encode(data, json.append(",\"data\":"), Refusals::noBinary);
        }
        return json.append('}').toString();
    }

    private static int noBinary(java.nio.ByteBuffer bytes) {
        throw new IllegalArgumentException(
                "data of a refusal holds " + bytes.remaining() + " bytes (expected: no binary value)");
    }
}

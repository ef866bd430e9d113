package io.parley.websocket.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.websocket.CloseCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** What stands in a close frame: nothing, or a code and a reason (RFC 6455 section 5.5.1). */
final class ClosePayload {

    private static final int MAX_REASON_BYTES = FrameEncoder.MAX_CONTROL_PAYLOAD - Short.BYTES;

    private ClosePayload() {}

    /**
     * Hands over the code and reason in {@code payload}.
     *
     * @throws FrameException with {@link CloseCode#PROTOCOL_ERROR} if the code is cut off or must not be sent, with
     *     {@link CloseCode#INVALID_PAYLOAD} if the reason is not UTF-8
     */
    static void decode(ByteBuffer payload, FrameListener listener) {
        if (!payload.hasRemaining()) {
            listener.onClose(CloseCode.NO_STATUS, "");
            return;
        }
        int code = code(payload);
        listener.onClose(code, reason(payload));
    }

    /**
     * The payload for a code and a reason.
     *
     * @throws IllegalArgumentException if the code must not be sent or the reason is too long
     */
    static ByteBuffer encode(int code, String reason) {
        if (!CloseCode.isSendable(code)) {
            throw new IllegalArgumentException(wrongCode(code));
        }
        byte[] utf8 = reason.getBytes(UTF_8);
        if (utf8.length > MAX_REASON_BYTES) {
            throw new IllegalArgumentException("Close reason of " + utf8.length + " bytes (expected: at most "
                    + MAX_REASON_BYTES + " bytes of UTF-8)");
        }
        return ByteBuffer.allocate(Short.BYTES + utf8.length)
                .putShort((short) code)
                .put(utf8)
                .flip();
    }

    private static String wrongCode(int code) {
        return "Close code " + code + " (expected: 1000 to 1014 but not 1004 to 1006, or 3000 to 4999)";
    }

    private static int code(ByteBuffer payload) {
        if (payload.remaining() == 1) {
            throw new FrameException(
                            CloseCode.PROTOCOL_ERROR, "Close frame with 1 byte (expected: none, or a code of 2 bytes)")
                    .in(payload);
        }
        int code = Short.toUnsignedInt(payload.getShort());
        if (!CloseCode.isSendable(code)) {
            throw new FrameException(CloseCode.PROTOCOL_ERROR, wrongCode(code))
                    .in(payload.duplicate().rewind());
        }
        return code;
    }

    private static String reason(ByteBuffer payload) {
        try {
            return UTF_8.newDecoder().decode(payload).toString();
        } catch (CharacterCodingException expected) {
            throw new FrameException(CloseCode.INVALID_PAYLOAD, "Close reason that is not text (expected: UTF-8)")
                    .in(payload.duplicate().rewind());
        }
    }
}

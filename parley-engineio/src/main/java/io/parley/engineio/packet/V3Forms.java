package io.parley.engineio.packet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.parley.websocket.PreparedMessage;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The forms that a binary message has in protocol 3 only, each built when the first recipient needs it.
 *
 * <p><b>Threading.</b> Immutable to the eye, so safe for any thread.
 */
final class V3Forms {

    private static final byte MESSAGE = 4;
    private static final byte[] BASE64_MESSAGE = "b4".getBytes(ISO_8859_1);

    private final ByteBuffer bytes;
    private volatile @Nullable PreparedMessage typed; // null until the first recipient that takes binary
    private volatile @Nullable PreparedMessage base64; // null until the first one that does not

    V3Forms(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** The type as a byte, then the bytes. */
    PreparedMessage typed() {
        PreparedMessage prepared = typed;
        if (prepared == null) {
            ByteBuffer form = ByteBuffer.allocate(1 + bytes.remaining());
            prepared = PreparedMessage.binary(
                    form.put(MESSAGE).put(bytes.duplicate()).flip());
            typed = prepared; // two threads may build it twice: equal, so either serves
        }
        return prepared;
    }

    /** {@code b}, the type as a digit, then base64. */
    PreparedMessage base64() {
        PreparedMessage prepared = base64;
        if (prepared == null) {
            ByteBuffer digits = Base64.getEncoder().encode(bytes.duplicate());
            ByteBuffer form = ByteBuffer.allocate(BASE64_MESSAGE.length + digits.remaining());
            form.put(BASE64_MESSAGE).put(digits);
            prepared = PreparedMessage.text(new String(form.array(), ISO_8859_1));
            base64 = prepared;
        }
        return prepared;
    }
}

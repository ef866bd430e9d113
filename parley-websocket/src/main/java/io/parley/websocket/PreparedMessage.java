package io.parley.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A message encoded once, to be sent to any number of connections: what a broadcast costs per recipient is a copy of
 * these bytes into the connection's batch.
 *
 * <p><b>Threading.</b> Immutable, but for other forms of it that are made when they are asked for; safe for any thread.
 */
public final class PreparedMessage {

    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_BINARY = 0x82;
    private static final int MAX_ENCODED = 8;
    private static final Encoded[] NONE = {};

    /** What one encoding has made of this message. */
    private record Encoded(Function<PreparedMessage, ByteBuffer> encoding, ByteBuffer bytes) {}

    private final byte[] frame;
    private final int payloadStart;
    private volatile Encoded[] encoded = NONE; // replaced with this object's lock held

    private PreparedMessage(int firstByte, ByteBuffer payload) {
        int length = payload.remaining();
        payloadStart = length < 126 ? 2 : length < 65_536 ? 4 : 10;
        frame = new byte[payloadStart + length];
        ByteBuffer out = ByteBuffer.wrap(frame).put((byte) firstByte);
        switch (payloadStart) {
            case 2 -> out.put((byte) length);
            case 4 -> out.put((byte) 126).putShort((short) length);
            default -> out.put((byte) 127).putLong(length);
        }
        out.put(payload.duplicate());
    }

    /** A text message. */
    public static PreparedMessage text(String text) {
        return new PreparedMessage(FINAL_TEXT, ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    /**
     * A binary message.
     *
     * @param bytes copied
     */
    public static PreparedMessage binary(ByteBuffer bytes) {
        return new PreparedMessage(FINAL_BINARY, bytes);
    }

    /** Whether this is a text message; a binary one otherwise. */
    public boolean isText() {
        return frame[0] == (byte) FINAL_TEXT;
    }

    /** The length of the message in bytes. */
    public int length() {
        return frame.length - payloadStart;
    }

    /** The message without the frame around it, read-only. */
    public ByteBuffer payload() {
        return ByteBuffer.wrap(frame, payloadStart, frame.length - payloadStart)
                .slice()
                .asReadOnlyBuffer();
    }

    /**
     * The whole unmasked frame as a server sends it (RFC 6455 section 5.2), read-only: for a host that writes frames
     * itself.
     */
    public ByteBuffer frame() {
        return ByteBuffer.wrap(frame).asReadOnlyBuffer();
    }

    /**
     * The message in another form, such as compressed: made at the first call with that encoding and then shared by all
     * connections that send it so.
     *
     * <p>Up to 8 forms are kept; one more is made anew at each call.
     *
     * @param encoding makes the form of this message and must not block; encodings that are equal share what they make
     * @return what it made, read-only, with a position of the caller's own
     */
    public ByteBuffer encodedBy(Function<PreparedMessage, ByteBuffer> encoding) {
        ByteBuffer bytes = find(encoding);
        if (bytes == null) {
            bytes = encode(encoding);
        }
        return bytes.asReadOnlyBuffer();
    }

    private @Nullable ByteBuffer find(Function<PreparedMessage, ByteBuffer> encoding) {
        for (Encoded one : encoded) {
            if (one.encoding.equals(encoding)) {
                return one.bytes;
            }
        }
        return null;
    }

    private synchronized ByteBuffer encode(Function<PreparedMessage, ByteBuffer> encoding) {
        ByteBuffer bytes = find(encoding);
        if (bytes == null) {
            bytes = encoding.apply(this);
            if (encoded.length < MAX_ENCODED) {
                Encoded[] more = Arrays.copyOf(encoded, encoded.length + 1);
                more[encoded.length] = new Encoded(encoding, bytes);
                encoded = more;
            }
        }
        return bytes;
    }
}

package io.parley.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * A message encoded once, to be sent to any number of connections: what a broadcast costs per recipient is a copy of
 * these bytes into the connection's batch.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class PreparedMessage {

    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_BINARY = 0x82;

    private final byte[] frame;
    private final int payloadStart;

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
}

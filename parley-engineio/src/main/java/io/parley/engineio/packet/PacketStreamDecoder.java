package io.parley.engineio.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.engineio.EngineException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the packets out of a stream of bytes, as WebTransport carries them (the official
 * {@code createPacketDecoderStream}). Before each packet stands its length: one byte, whose first bit says that the
 * packet is binary and whose other seven are the length, or 126 before a length of two bytes, or 127 before one of
 * eight. Bytes that are not UTF-8 become U+FFFD, as in the official server.
 *
 * <p>Memory is taken as a packet comes, not as it announces itself, and none is held between packets.
 *
 * <p><b>Threading.</b> For one thread.
 */
public final class PacketStreamDecoder {

    private static final int BINARY = 0x80;
    private static final int LENGTH = 0x7F;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;

    /** So much is taken for a packet whose bytes are not there yet. */
    private static final int FIRST_BYTES = 4096;

    private final int maxPayloadBytes;
    private int first; // byte of the packet under way
    private long length; // of the packet under way, as far as it is known
    private int lengthBytesMissing; // above zero inside of a length
    private byte @Nullable [] payload; // non-null from a packet's length to its end
    private int filled; // bytes of the payload that have come
    private boolean failed;

    /**
     * A decoder for one stream.
     *
     * @param maxPayloadBytes the longest packet to take, 1 or more
     * @throws IllegalArgumentException if {@code maxPayloadBytes} is below 1
     */
    public PacketStreamDecoder(int maxPayloadBytes) {
        if (maxPayloadBytes < 1) {
            throw new IllegalArgumentException("maxPayloadBytes: " + maxPayloadBytes + " (expected: 1 or more)");
        }
        this.maxPayloadBytes = maxPayloadBytes;
    }

    /**
     * Hands over every packet that {@code in} completes, and keeps the rest for the next call.
     *
     * @param in read to its end; not used after the call
     * @throws EngineException with {@link io.parley.engineio.DisconnectReason#PARSE_ERROR} if a packet is empty, too
     *     long or cannot be understood; what came before it was handed over, and what comes after it is skipped
     */
    public void decode(ByteBuffer in, Consumer<EnginePacket> out) {
        while (in.hasRemaining() && !failed) {
            if (payload != null) {
                readPayload(payload, in, out);
            } else if (lengthBytesMissing > 0) {
                readLength(in);
            } else {
                readFirst(in);
            }
        }
    }

    private void readFirst(ByteBuffer in) {
        first = Byte.toUnsignedInt(in.get());
        int shortLength = first & LENGTH;
        length = 0;
        switch (shortLength) {
            case TWO_BYTES -> lengthBytesMissing = Short.BYTES;
            case EIGHT_BYTES -> lengthBytesMissing = Long.BYTES;
            default -> begin(shortLength, in);
        }
    }

    private void readLength(ByteBuffer in) {
        length = length << Byte.SIZE | Byte.toUnsignedInt(in.get());
        lengthBytesMissing--;
        if (lengthBytesMissing == 0) {
            begin(length, in);
        }
    }

    private void begin(long announced, ByteBuffer in) {
        if (announced <= 0 || announced > maxPayloadBytes) {
            failed = true;
            throw PacketDecoder.parseError(
                    beginning(announced, in),
                    "Packet of " + Long.toUnsignedString(announced) + " bytes (expected: 1 to " + maxPayloadBytes
                            + ", the limit maxHttpBufferSize)");
        }
        length = announced;
        filled = 0;
        payload = new byte[(int) Math.min(announced, Math.max(in.remaining(), FIRST_BYTES))];
    }

    /** The packet under way as far as it is here: its length, and what has come behind it. */
    private ByteBuffer beginning(long announced, ByteBuffer in) {
        ByteBuffer bytes = ByteBuffer.allocate(1 + Long.BYTES + in.remaining()).put((byte) first);
        switch (first & LENGTH) {
            case TWO_BYTES -> bytes.putShort((short) announced);
            case EIGHT_BYTES -> bytes.putLong(announced);
            default -> {} // the first byte says it all
        }
        return bytes.put(in.duplicate()).flip();
    }

    private void readPayload(byte[] bytes, ByteBuffer in, Consumer<EnginePacket> out) {
        int taken = Math.min(in.remaining(), bytes.length - filled);
        in.get(bytes, filled, taken);
        filled += taken;
        if (filled == length) {
            payload = null;
            out.accept(packet(bytes));
        } else if (filled == bytes.length) {
            payload = Arrays.copyOf(bytes, (int) Math.min(length, 2L * bytes.length));
        }
    }

    private EnginePacket packet(byte[] bytes) {
        if ((first & BINARY) != 0) {
            return new EnginePacket.Binary(ByteBuffer.wrap(bytes));
        }
        try {
            return PacketDecoder.decode(new String(bytes, UTF_8));
        } catch (EngineException mistake) {
            failed = true;
            throw mistake;
        }
    }
}

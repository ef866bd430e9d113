package io.parley.engineio.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Takes a binary polling body of protocol 3 apart: before each packet stand 0 for text or 1 for binary, its length in
 * bytes as decimal digits of the values 0 to 9, and 255 (Engine.IO protocol 3, "Payload"). A body whose lengths do not
 * fit is a mistake as a whole; in front of a packet that cannot be understood the others are seen.
 *
 * <p><b>Threading.</b> For one thread.
 */
public final class V3BinaryPayloadDecoder implements Iterator<EnginePacket> {

    private static final byte TEXT = 0;
    private static final byte BINARY = 1;
    private static final int END_OF_LENGTH = 255;
    private static final int MAX_DIGITS = 9;

    private final ByteBuffer rest;

    /**
     * A decoder for one body.
     *
     * @param body shared, from its position to its limit; the bytes must not change any more
     * @throws io.parley.engineio.EngineException if it is not made of packets with their lengths
     */
    public V3BinaryPayloadDecoder(ByteBuffer body) {
        rest = body.slice();
        ByteBuffer checked = rest.duplicate();
        while (checked.hasRemaining()) {
            ByteBuffer start = checked.duplicate();
            readMark(checked, start);
            int length = readLength(checked, start);
            checked.position(checked.position() + length);
        }
    }

    @Override
    public boolean hasNext() {
        return rest.hasRemaining();
    }

    /**
     * Decodes the next packet.
     *
     * @throws io.parley.engineio.EngineException if it cannot be understood; the decoder stands behind it then
     */
    @Override
    public EnginePacket next() {
        if (!hasNext()) {
            throw new NoSuchElementException("next() after the last packet; check hasNext() first");
        }
        byte mark = readMark(rest, rest);
        int length = readLength(rest, rest);
        ByteBuffer packet = rest.slice().limit(length);
        rest.position(rest.position() + length);
        return mark == BINARY ? V3PacketDecoder.decode(packet) : V3PacketDecoder.decode(text(packet));
    }

    /** Reads what a packet begins with; {@code start} stands before the packet, for what is said of a wrong one. */
    private static byte readMark(ByteBuffer in, ByteBuffer start) {
        byte mark = in.get();
        if (mark != TEXT && mark != BINARY) {
            throw PacketDecoder.parseError(
                    start, "Payload with " + (mark & 0xFF) + " before a packet (expected: 0 for text or 1 for binary)");
        }
        return mark;
    }

    private static int readLength(ByteBuffer in, ByteBuffer start) {
        int length = 0;
        int digits = 0;
        int digit = nextOrEnd(in);
        for (; digit <= 9 && digits < MAX_DIGITS; digit = nextOrEnd(in)) {
            length = 10 * length + digit;
            digits++;
        }
        if (digit != END_OF_LENGTH || digits == 0) {
            throw PacketDecoder.parseError(
                    start,
                    "Payload without a length (expected: 1 to " + MAX_DIGITS + " digits and 255 before each packet)");
        }
        if (length > in.remaining()) {
            throw PacketDecoder.parseError(
                    start,
                    "Packet of " + length + " bytes (expected: the " + in.remaining() + " that are left, or fewer)");
        }
        return length;
    }

    /** The next byte; one that can be nothing here when there is none. */
    private static int nextOrEnd(ByteBuffer in) {
        return in.hasRemaining() ? in.get() & 0xFF : END_OF_LENGTH - 1;
    }

    private static String text(ByteBuffer packet) {
        try {
            return UTF_8.newDecoder().decode(packet).toString();
        } catch (CharacterCodingException expected) { // the peer's mistake, told in our words
            throw PacketDecoder.parseError(
                    packet.rewind(), "Packet that is not UTF-8 (expected: text, as the mark before it says)");
        }
    }
}

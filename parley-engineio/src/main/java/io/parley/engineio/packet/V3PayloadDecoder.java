package io.parley.engineio.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.engineio.EngineException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Takes a textual polling body of protocol 3 apart: before each packet stand its length in UTF-16 code units, in decimal
 * digits, and a colon (Engine.IO protocol 3, "Payload"). What stands before a bad packet is seen. A length of 0 is no
 * packet: that is how a body without packets looks; a body of nothing is a mistake.
 *
 * <p><b>Threading.</b> For one thread.
 */
public final class V3PayloadDecoder implements Iterator<EnginePacket> {

    private static final String NO_PACKET = "0:";
    private static final int MAX_DIGITS = 9;

    private final String body;
    private int at;
    private int start; // of the packet that is read, its length included
    private boolean begun;

    /** A decoder for one body. */
    public V3PayloadDecoder(String body) {
        this.body = body;
    }

    /** A decoder for one body in UTF-8. Bytes that are not UTF-8 become U+FFFD, as in the official server. */
    public static V3PayloadDecoder of(ByteBuffer body) {
        return new V3PayloadDecoder(UTF_8.decode(body.duplicate()).toString());
    }

    @Override
    public boolean hasNext() {
        while (body.startsWith(NO_PACKET, at)) {
            at += NO_PACKET.length();
            begun = true;
        }
        return at < body.length() || !begun;
    }

    /**
     * Decodes the next packet.
     *
     * @throws EngineException if it cannot be understood; what comes after it is lost then
     */
    @Override
    public EnginePacket next() {
        if (!hasNext()) {
            throw new NoSuchElementException("next() after the last packet; check hasNext() first");
        }
        begun = true;
        start = at;
        int length = readLength();
        if (length > body.length() - at) {
            throw broken("Packet of " + length + " characters (expected: the " + (body.length() - at)
                    + " that are left, or fewer)");
        }
        String packet = body.substring(at, at + length);
        at += length;
        return decode(packet);
    }

    private EnginePacket decode(String packet) {
        try {
            return V3PacketDecoder.decode(packet);
        } catch (EngineException mistake) {
            at = body.length();
            throw mistake;
        }
    }

    private int readLength() {
        while (at < body.length() && at - start < MAX_DIGITS && isDigit(body.charAt(at))) {
            at++;
        }
        if (at == start || !body.startsWith(":", at)) {
            throw broken(
                    "Payload without a length (expected: 1 to " + MAX_DIGITS + " digits and ':' before each packet)");
        }
        int length = Integer.parseInt(body, start, at, 10);
        at++;
        return length;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private EngineException broken(String message) {
        at = body.length();
        return PacketDecoder.parseError(body.substring(start), message);
    }
}

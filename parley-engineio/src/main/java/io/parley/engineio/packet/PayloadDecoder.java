package io.parley.engineio.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Takes a polling body apart, one packet at a time, so that what stands before a bad packet is seen (Engine.IO protocol
 * 4, "HTTP long-polling"). An empty body is one empty packet, which is a mistake. Bytes that are not UTF-8 become
 * U+FFFD, as in the official server.
 *
 * <p><b>Threading.</b> For one thread.
 */
public final class PayloadDecoder implements Iterator<EnginePacket> {

    private final ByteBuffer rest;
    private boolean done;

    /**
     * A decoder for one body.
     *
     * @param body shared, from its position to its limit
     */
    public PayloadDecoder(ByteBuffer body) {
        rest = body.slice();
    }

    @Override
    public boolean hasNext() {
        return !done;
    }

    /**
     * Decodes the next packet.
     *
     * @throws io.parley.engineio.EngineException if it cannot be understood; the decoder stands behind it then
     */
    @Override
    public EnginePacket next() {
        if (done) {
            throw new NoSuchElementException("next() after the last packet; check hasNext() first");
        }
        return PacketDecoder.decode(nextText());
    }

    private String nextText() {
        int end = indexOfSeparator();
        byte[] packet = new byte[end - rest.position()];
        rest.get(packet);
        done = end == rest.limit();
        if (!done) {
            rest.get(); // the separator
        }
        return new String(packet, UTF_8);
    }

    private int indexOfSeparator() {
        int index = rest.position();
        while (index < rest.limit() && rest.get(index) != PayloadEncoder.SEPARATOR) {
            index++;
        }
        return index;
    }
}

package io.parley.engineio.packet;

import java.nio.ByteBuffer;
import java.util.Collection;

/** Joins packets to one polling body, separated by {@code 0x1E} (Engine.IO protocol 4, "HTTP long-polling"). */
public final class PayloadEncoder {

    /** What stands between two packets. */
    static final byte SEPARATOR = 0x1E;

    private PayloadEncoder() {}

    /**
     * Encodes the packets in order.
     *
     * @return the body, the caller's own
     */
    public static ByteBuffer encode(Collection<EncodedPacket> packets) {
        ByteBuffer body = ByteBuffer.allocate(length(packets));
        for (EncodedPacket packet : packets) {
            if (body.position() > 0) {
                body.put(SEPARATOR);
            }
            body.put(packet.pollingForm());
        }
        return body.flip();
    }

    private static int length(Collection<EncodedPacket> packets) {
        int length = Math.max(0, packets.size() - 1);
        for (EncodedPacket packet : packets) {
            length = Math.addExact(length, packet.pollingForm().remaining());
        }
        return length;
    }
}

package io.parley.socketio.packet;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.JsonCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The binary values of one packet that is being encoded. Confined to the thread that encodes. */
final class Attachments implements JsonCodec.BinarySink {

    private final PacketLimits limits;
    private List<EncodedPacket> binaries = List.of(); // most packets have none

    Attachments(PacketLimits limits) {
        this.limits = limits;
    }

    @Override
    public int add(ByteBuffer bytes) {
        int number = binaries.size();
        if (number == 0) {
            binaries = new ArrayList<>(2);
        }
        binaries.add(EncodedPacket.binary(bytes));
        return number;
    }

    /**
     * The messages of the packet.
     *
     * @param binaryType the packet type when there are binary values
     * @param text the text message as it is when there are none
     * @throws IllegalArgumentException if there are more of them than the peer takes
     */
    List<EncodedPacket> join(char binaryType, StringBuilder text) {
        if (binaries.isEmpty()) {
            return List.of(EncodedPacket.text(text.toString()));
        }
        if (binaries.size() > limits.maxAttachments()) {
            throw new IllegalArgumentException(binaries.size() + " binary values in one packet (expected: at most "
                    + limits.maxAttachments() + ", which is what the peer takes)");
        }
        text.replace(0, 1, binaryType + Integer.toString(binaries.size()) + '-');
        List<EncodedPacket> messages = new ArrayList<>(binaries.size() + 1);
        messages.add(EncodedPacket.text(text.toString()));
        messages.addAll(binaries);
        return messages;
    }
}

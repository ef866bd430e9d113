package io.parley.socketio.packet;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;

/**
 * A packet whose text has been read.
 *
 * @param attachments how many binary messages belong to it
 * @param assembly makes the packet of them
 */
record PacketDraft(int attachments, Function<List<ByteBuffer>, Packet> assembly) {

    /** A packet that has no attachments. */
    static PacketDraft of(Packet packet) {
        return new PacketDraft(0, none -> packet);
    }

    /** The packet. */
    Packet complete(List<ByteBuffer> binaries) {
        return assembly.apply(binaries);
    }
}

package io.parley.socketio.adapter;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.packet.Packet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One namespace on this server, as its adapter sees it.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
public interface LocalNamespace {

    /** Its name; begins with a slash. */
    String name();

    /** The connected socket of that id; null when there is none on this server. */
    @Nullable
    LocalSocket socket(String id);

    /** Encodes a packet for any number of recipients. */
    List<EncodedPacket> encode(Packet packet);

    /** How many rooms a socket may be in, the one of its own id left out. */
    int maxRooms();
}

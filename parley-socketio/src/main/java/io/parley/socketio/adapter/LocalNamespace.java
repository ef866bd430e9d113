package io.parley.socketio.adapter;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.Ack;
import io.parley.socketio.Arguments;
import io.parley.socketio.packet.Packet;
import java.util.List;
import java.util.concurrent.Executor;
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

    /** What runs application code. */
    Executor handlerExecutor();

    /**
     * Gives an event of another server's {@link Adapter#serverSideEmit} to the handlers of this one.
     *
     * @param ack answers it, on any thread; {@link Ack#isRequested} says whether the other server waits
     */
    void onServerSideEvent(String event, Arguments arguments, Ack ack);

    /** What holds the sessions of lost clients in memory; null when they cannot come back. */
    @Nullable
    RecoveryStore recovery();

    /** How many rooms a socket may be in, the one of its own id left out. */
    int maxRooms();
}

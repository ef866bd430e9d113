package io.parley.socketio.adapter;

import io.parley.socketio.Arguments;
import io.parley.websocket.EventLoop;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * A socket on this server, as the adapter sees it.
 *
 * <p><b>Threading.</b> {@link #mark}, {@link #deliver}, {@link #deliverWithAck} and {@link #forgetAck} are called on
 * {@link #eventLoop} only; the rest is safe for any thread.
 */
public interface LocalSocket extends SocketDetails {

    /** Where the socket's packets are sent. */
    EventLoop eventLoop();

    /** Whether it is connected to its namespace: neither joining it nor gone. */
    boolean isConnected();

    /**
     * Marks the socket for one broadcast, so that it gets it once.
     *
     * @return false if it bears that mark already
     */
    boolean mark(long broadcast);

    /** Sends a packet, unless the socket is not connected. */
    void deliver(OutgoingEvent event);

    /**
     * Sends a packet that asks for an acknowledgement, unless the socket is not connected.
     *
     * @param onAck called on {@link #eventLoop} with the answer, at most once; never when the socket waits for too many
     *     answers already
     * @return whether it was sent
     */
    boolean deliverWithAck(OutgoingEvent event, Consumer<Arguments> onAck);

    /** Gives up waiting for an acknowledgement. */
    void forgetAck(long ackId);

    /** Puts the socket into rooms. */
    void join(Collection<String> rooms);

    /** Takes the socket out of a room. */
    void leave(String room);

    /**
     * Disconnects the socket.
     *
     * @param close whether to close its connection as well
     */
    void disconnect(boolean close);
}

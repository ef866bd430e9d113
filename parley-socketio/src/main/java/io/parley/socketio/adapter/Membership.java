package io.parley.socketio.adapter;

import java.util.Collection;
import java.util.Set;

/**
 * The rooms of one socket.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
public interface Membership extends AutoCloseable {

    /**
     * Enters rooms. Nothing happens for those it is in, nor after {@link #close}.
     *
     * @throws IllegalStateException if there would be more than {@link LocalNamespace#maxRooms}; the socket is in those
     *     before it then
     */
    void join(Collection<String> rooms);

    /** The socket has connected: from now on it is in the room of its own id as well. */
    default void onConnected() {}

    /** Leaves a room; nothing happens if it is not in it. */
    void leave(String room);

    /** The rooms it is in, a copy, without the one of the socket's own id. */
    Set<String> rooms();

    /**
     * Leaves all rooms, for the connection was lost: {@link Adapter#persistSession} follows, when the event loop has
     * run what it was given before.
     */
    default void suspend() {
        close();
    }

    /** Leaves all rooms for good. */
    @Override
    void close();
}

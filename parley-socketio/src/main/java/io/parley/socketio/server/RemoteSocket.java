package io.parley.socketio.server;

import java.util.Map;
import java.util.Set;

/**
 * A socket that was looked up with {@link Broadcaster#fetchSockets}, on whichever server of the cluster it is.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
public interface RemoteSocket extends Emitter {

    /**
     * The socket's id: 20 characters, another one for each namespace and connection, no secret. That of a client of
     * protocol 4 is the id of its session, behind the namespace and {@code #} unless it is in the main one.
     */
    String id();

    /** How the client came. */
    Handshake handshake();

    /** The rooms it is in, the one of its own id included; a copy. */
    Set<String> rooms();

    /** What the application keeps with the socket. */
    Map<String, Object> data();

    /**
     * Puts the socket into rooms. Nothing happens once it is disconnected.
     *
     * @throws IllegalArgumentException if a name begins with {@value io.parley.socketio.adapter.UserRooms#PREFIX}
     * @throws IllegalStateException if it would be in more than {@link SocketIoOptions#maxRooms}
     */
    void join(String... rooms);

    /** Takes the socket out of a room; nothing happens if it is not in it, or if it is the one of its own id. */
    void leave(String room);

    /**
     * Disconnects the socket with {@code server namespace disconnect}. Official clients do not come back by themselves
     * then. Nothing happens if it is not connected, as in a middleware or after another call.
     *
     * @param close whether to close the client's connection as well, with every other namespace on it
     */
    void disconnect(boolean close);
}

package io.parley.socketio.adapter;

import java.util.Set;

/**
 * Whom a broadcast reaches, and how: the sockets of all {@code rooms}, each once, but for those of {@code except}.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param rooms the rooms; the whole namespace when there is none
 * @param except rooms to leave out; a socket's id is the name of a room that holds just that socket
 * @param flags how it is sent
 */
public record BroadcastOptions(Set<String> rooms, Set<String> except, BroadcastFlags flags) {

    /** Everybody, no flags. */
    public static final BroadcastOptions EVERYBODY = new BroadcastOptions(Set.of(), Set.of(), BroadcastFlags.NONE);

    /** Takes copies of the sets. */
    public BroadcastOptions {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }
}

package io.parley.socketio.adapter;

import java.util.Arrays;
import java.util.List;

/**
 * The rooms that hold all sockets of one user each. Being rooms they work in any adapter, through the whole cluster.
 * Only the server puts sockets there: their names are reserved, so that no client can have itself put into another
 * user's room. They do not count among the rooms that a socket may be in.
 */
public final class UserRooms {

    /** What their names begin with. */
    public static final String PREFIX = "parley:user:";

    private UserRooms() {}

    /** The rooms of users. */
    public static String[] of(String... users) {
        return Arrays.stream(users).map(user -> PREFIX + user).toArray(String[]::new);
    }

    /** Whether it is such a room. */
    public static boolean isUserRoom(String room) {
        return room.startsWith(PREFIX);
    }

    /**
     * Checks the names of rooms that the application wants sockets to join or to leave.
     *
     * @return the names
     * @throws IllegalArgumentException if one of them is reserved
     */
    public static List<String> requireOrdinary(String... rooms) {
        for (String room : rooms) {
            if (isUserRoom(room)) {
                throw new IllegalArgumentException("room that begins with \"" + PREFIX
                        + "\" (expected: another one, these are for Socket.authenticate)");
            }
        }
        return List.of(rooms);
    }
}

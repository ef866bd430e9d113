package io.parley.socketio;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/** The event names that Socket.IO keeps for itself. */
public final class EventNames {

    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private EventNames() {}

    /** Whether neither side may emit an event of that name. */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    /**
     * Checks the name of an event that is to be emitted or declared.
     *
     * @return the name
     * @throws IllegalArgumentException if it is reserved
     */
    public static String requireUsable(String name) {
        requireNonNull(name, "name");
        if (isReserved(name)) {
            throw new IllegalArgumentException('"' + name + "\" is a reserved event name");
        }
        return name;
    }
}

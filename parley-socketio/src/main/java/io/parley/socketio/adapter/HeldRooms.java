package io.parley.socketio.adapter;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of a session whose connection was lost, each with the place in the log where it was entered. Handlers of the
 * lost socket may still be running: what they do with its rooms counts for the session.
 *
 * <p><b>Threading.</b> Guarded by the {@link RecoveryStore}; it does not change any more when the session goes on.
 */
final class HeldRooms {

    private final String own; // the room of the socket's id
    private final Map<String, Long> since = new HashMap<>();
    private @Nullable LoggedMember heir; // null until the session goes on
    private boolean over; // the server has put the client out while it was away

    HeldRooms(String own) {
        this.own = own;
        since.put(own, 0L);
    }

    void put(String room, long position) {
        since.put(room, position);
    }

    boolean has(String room, long position) {
        Long entered = since.get(room);
        return entered != null && entered <= position;
    }

    /** Enters rooms, unless somebody else has the session now: returns whom to ask then. */
    @Nullable
    LoggedMember join(Collection<String> rooms, long position, int maxRooms) {
        if (heir == null) {
            for (String room : rooms) {
                if (!since.containsKey(room) && !UserRooms.isUserRoom(room) && ordinary() >= maxRooms) {
                    throw Member.tooManyRooms(maxRooms);
                }
                since.putIfAbsent(room, position);
            }
        }
        return heir;
    }

    /** Leaves a room, unless somebody else has the session now: returns whom to ask then. */
    @Nullable
    LoggedMember leave(String room) {
        if (heir == null && !room.equals(own)) {
            since.remove(room);
        }
        return heir;
    }

    private long ordinary() {
        return since.keySet().stream()
                .filter(room -> !room.equals(own) && !UserRooms.isUserRoom(room))
                .count();
    }

    /** Whether a broadcast that is made now would reach the client if it were there. */
    boolean isReachedBy(BroadcastOptions options) {
        return (options.rooms().isEmpty() || options.rooms().stream().anyMatch(since::containsKey))
                && options.except().stream().noneMatch(since::containsKey);
    }

    /** The session is over: it is not to be kept. */
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    /** The session goes on; returns its rooms. */
    Map<String, Long> passTo(LoggedMember next) {
        heir = next;
        return Collections.unmodifiableMap(since);
    }
}

package io.parley.chat.domain;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * All rooms, found by name whatever its case.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
public final class Rooms {

    private static final Comparator<Room> LOBBY_FIRST =
            Comparator.comparing((Room room) -> !room.isLobby()).thenComparing(room -> Name.key(room.name()));

    private final ConcurrentMap<String, Room> byKey = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, Room> byId = new ConcurrentHashMap<>();

    /** The rooms that are stored. */
    public Rooms(Collection<Room> stored) {
        stored.forEach(this::add);
    }

    /** Adds a room that was stored. */
    public void add(Room room) {
        byKey.put(Name.key(room.name()), room);
        byId.put(room.id(), room);
    }

    /**
     * The room of that name.
     *
     * @throws ChatException {@link ChatException.Code#NOT_FOUND} if there is none
     */
    public Room find(String name) {
        Room room = name.length() > Name.MAX_RAW_LENGTH ? null : byKey.get(Name.key(name));
        if (room == null) {
            throw new ChatException(ChatException.Code.NOT_FOUND, "There is no room of that name (yet).");
        }
        return room;
    }

    /** The room with that number, which must be one of ours. */
    public Room get(long id) {
        Room room = byId.get(id);
        if (room == null) {
            throw new IllegalArgumentException("room " + id + " (expected: the id of a stored room)");
        }
        return room;
    }

    /** Whether there is a room of that name. */
    public boolean contains(String name) {
        return byKey.containsKey(Name.key(name));
    }

    /** How many rooms there are. */
    public int size() {
        return byId.size();
    }

    /** The lobby. */
    public Room lobby() {
        return find(Room.LOBBY);
    }

    /** All rooms: the lobby, then the others by name. */
    public List<Room> all() {
        return byId.values().stream().sorted(LOBBY_FIRST).toList();
    }
}

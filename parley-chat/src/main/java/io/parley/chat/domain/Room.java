package io.parley.chat.domain;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A room and the id of its newest message.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
public final class Room {

    /** The room everybody is in and nobody can leave. */
    public static final String LOBBY = "lobby";

    private final long id;
    private final String name;
    private final AtomicLong lastId;

    /** A room as stored: {@code lastId} is 0 when nothing was said yet. */
    public Room(long id, String name, long lastId) {
        this.id = id;
        this.name = name;
        this.lastId = new AtomicLong(lastId);
    }

    /** The room's number, stable for life. */
    public long id() {
        return id;
    }

    /** The room's name, as its creator wrote it. */
    public String name() {
        return name;
    }

    /** The id of the newest message, 0 when there is none. */
    public long lastId() {
        return lastId.get();
    }

    /** Notes that the message {@code id} was stored. */
    public void advanceTo(long id) {
        lastId.accumulateAndGet(id, Math::max);
    }

    /** Whether this is the room that everybody is in. */
    public boolean isLobby() {
        return name.equals(LOBBY);
    }
}

package io.parley.socketio.adapter;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of one socket in memory, and its seat in the namespace.
 *
 * <p><b>Threading.</b> Guarded by itself; a room's lock is taken inside of it, never the other way round.
 */
class Member extends Seat implements Membership {

    private final InMemoryAdapter adapter;
    private @Nullable Map<String, Seat> seats; // null until the first room: most sockets idle in none
    private boolean connected;
    private boolean closed;

    Member(InMemoryAdapter adapter, LocalSocket socket) {
        super(socket);
        this.adapter = adapter;
        adapter.seatInNamespace(this);
    }

    @Override
    public void join(Collection<String> rooms) {
        try {
            enter(rooms);
        } finally {
            adapter.tellRoomEvents();
        }
    }

    private synchronized void enter(Collection<String> rooms) {
        if (!closed) {
            rooms.forEach(this::enter);
        }
    }

    @Override
    public void onConnected() {
        synchronized (this) {
            if (!closed) {
                connected = true;
                adapter.noteOwnRoom(socket.id());
            }
        }
        adapter.tellRoomEvents();
    }

    @Override
    public void leave(String room) {
        synchronized (this) {
            Seat seat = seats == null ? null : seats.remove(room);
            if (seat == null) {
                return;
            }
            adapter.unseat(room, seat);
        }
        adapter.tellRoomEvents();
    }

    @Override
    public synchronized Set<String> rooms() {
        return seats == null ? Set.of() : Set.copyOf(seats.keySet());
    }

    @Override
    public void close() {
        leaveAll();
        adapter.tellRoomEvents();
    }

    /** Leaves all rooms; what listeners are to hear of it is noted, not told. */
    final synchronized void leaveAll() {
        if (closed) {
            return;
        }
        closed = true;
        adapter.unseatFromNamespace(this);
        if (seats != null) {
            seats.forEach(adapter::unseat);
            seats = null;
        }
        if (connected) {
            adapter.noteOwnRoomGone(socket.id());
        }
    }

    /** Tells listeners what was noted; to be called without a lock. */
    final void tellRoomEvents() {
        adapter.tellRoomEvents();
    }

    Seat newSeat() {
        return new Seat(socket);
    }

    /** Whether it has left all rooms; with the lock held. */
    final boolean isClosed() {
        return closed;
    }

    /** The seats in its rooms; with the lock held. */
    final Map<String, Seat> seats() {
        return seats == null ? Map.of() : seats;
    }

    /** Takes a seat; null if it has one there, or always has. With the lock held. */
    final @Nullable Seat enter(String room) {
        if (seats == null) {
            seats = new HashMap<>(4);
        }
        if (seats.containsKey(room) || room.equals(socket.id())) {
            return null;
        }
        if (isFull(seats.keySet(), room)) {
            throw tooManyRooms(adapter.maxRooms());
        }
        Seat seat = newSeat();
        adapter.seat(room, seat);
        seats.put(room, seat);
        return seat;
    }

    /** Without the room: its name may be a client's, and what a handler throws is logged. */
    static IllegalStateException tooManyRooms(int maxRooms) {
        return new IllegalStateException(
                "join: the socket is in " + maxRooms + " rooms (expected: fewer than maxRooms, " + maxRooms + ")");
    }

    private boolean isFull(Set<String> entered, String room) {
        return entered.size() >= adapter.maxRooms()
                && !UserRooms.isUserRoom(room)
                && entered.stream()
                                .filter(known -> !UserRooms.isUserRoom(known))
                                .count()
                        >= adapter.maxRooms();
    }
}

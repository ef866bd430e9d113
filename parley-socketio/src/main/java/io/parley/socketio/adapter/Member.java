package io.parley.socketio.adapter;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of one socket in memory.
 *
 * <p><b>Threading.</b> Guarded by itself; a room's lock is taken inside of it, never the other way round.
 */
final class Member implements Membership {

    private final InMemoryAdapter adapter;
    private final Seat inNamespace;
    private @Nullable Map<String, Seat> seats; // null until the first room: most sockets idle in none
    private boolean closed;

    Member(InMemoryAdapter adapter, LocalSocket socket) {
        this.adapter = adapter;
        inNamespace = new Seat(socket);
        adapter.seatInNamespace(inNamespace);
    }

    @Override
    public synchronized void join(Collection<String> rooms) {
        if (!closed) {
            rooms.forEach(this::join);
        }
    }

    @Override
    public synchronized void leave(String room) {
        Seat seat = seats == null ? null : seats.remove(room);
        if (seat != null) {
            adapter.unseat(room, seat);
        }
    }

    @Override
    public synchronized Set<String> rooms() {
        return seats == null ? Set.of() : Set.copyOf(seats.keySet());
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        adapter.unseatFromNamespace(inNamespace);
        if (seats != null) {
            seats.forEach(adapter::unseat);
            seats = null;
        }
    }

    private void join(String room) {
        if (seats == null) {
            seats = new HashMap<>(4);
        }
        if (seats.containsKey(room) || room.equals(inNamespace.socket.id())) {
            return;
        }
        if (seats.size() >= adapter.maxRooms()) {
            throw new IllegalStateException("join(\"" + room + "\"): the socket is in " + seats.size()
                    + " rooms (expected: fewer than maxRooms, " + adapter.maxRooms() + ")");
        }
        Seat seat = new Seat(inNamespace.socket);
        adapter.seat(room, seat);
        seats.put(room, seat);
    }
}

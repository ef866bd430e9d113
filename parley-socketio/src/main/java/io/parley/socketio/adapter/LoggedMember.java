package io.parley.socketio.adapter;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of a socket that may come back: each with the place in the log at which the socket entered it.
 *
 * <p><b>Threading.</b> Guarded by itself; the store's lock is taken inside of it.
 */
final class LoggedMember extends Member {

    private final String namespace;
    private final RecoveryStore store;
    private final int maxRooms;
    private @Nullable HeldRooms left; // null until the connection is lost
    private long leftAt;

    LoggedMember(SessionAwareAdapter adapter, LocalSocket socket, String namespace, RecoveryStore store) {
        super(adapter, socket);
        this.namespace = namespace;
        this.store = store;
        maxRooms = adapter.maxRooms();
    }

    @Override
    Seat newSeat() {
        return new LoggedSeat(socket);
    }

    @Override
    public void join(Collection<String> rooms) {
        super.join(rooms);
        HeldRooms held = left();
        if (held != null) {
            LoggedMember heir = store.locked(() -> held.join(rooms, store.position(), maxRooms));
            if (heir != null) {
                heir.join(rooms);
            }
        }
    }

    @Override
    public void leave(String room) {
        super.leave(room);
        HeldRooms held = left();
        if (held != null) {
            LoggedMember heir = store.locked(() -> held.leave(room));
            if (heir != null) {
                heir.leave(room);
            }
        }
    }

    private synchronized @Nullable HeldRooms left() {
        return left;
    }

    @Override
    public void suspend() {
        leaveForNow();
        tellRoomEvents();
    }

    private synchronized void leaveForNow() {
        HeldRooms rooms = new HeldRooms(socket.id());
        seats().forEach((room, seat) -> rooms.put(room, ((LoggedSeat) seat).since));
        left = rooms;
        store.locked(() -> {
            leaveAll();
            leftAt = store.position();
            store.onLeaving(namespace, rooms);
            return null;
        });
    }

    /**
     * Keeps the session, if the socket had it until its connection was lost. One whose client went away while it was
     * being restored is over: what came meanwhile is in no log, so the client begins anew.
     */
    synchronized void keep(SavedSession session) {
        if (left != null) {
            store.keep(namespace, session, left, leftAt, socket.eventLoop());
        }
    }

    /** Enters the rooms of a session at the place where its part of the log ends; null if it cannot be restored. */
    @Nullable
    Replay restore(SavedSession session, @Nullable String offset) {
        Replay replay = comeBack(session, offset);
        tellRoomEvents();
        return replay;
    }

    private synchronized @Nullable Replay comeBack(SavedSession session, @Nullable String offset) {
        if (isClosed()) {
            return null;
        }
        return store.locked(() -> {
            Replay replay = store.take(session, offset);
            if (replay != null) {
                replay.held().rooms().passTo(this).forEach(this::reenter);
            }
            return replay;
        });
    }

    private void reenter(String room, long entered) {
        Seat seat = enter(room);
        if (seat != null) {
            ((LoggedSeat) seat).since = entered;
        }
    }

    /** A seat that remembers since when it is taken. */
    static final class LoggedSeat extends Seat {

        long since;

        LoggedSeat(LocalSocket socket) {
            super(socket);
        }
    }
}

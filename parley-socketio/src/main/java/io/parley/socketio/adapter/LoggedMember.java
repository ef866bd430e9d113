package io.parley.socketio.adapter;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of a socket that may come back: each with the place in the log at which the socket entered it.
 *
 * <p><b>Threading.</b> Guarded by itself; the store's lock is taken inside of it.
 */
final class LoggedMember extends Member {

    private final RecoveryStore store;
    private Map<String, Long> since = Map.of(); // the rooms it was in when it left
    private long leftAt;

    LoggedMember(SessionAwareAdapter adapter, LocalSocket socket, RecoveryStore store) {
        super(adapter, socket);
        this.store = store;
    }

    @Override
    Seat newSeat() {
        return new LoggedSeat(socket());
    }

    @Override
    public void suspend() {
        leaveForNow();
        tellRoomEvents();
    }

    private synchronized void leaveForNow() {
        since = new HashMap<>();
        since.put(socket().id(), 0L);
        seats().forEach((room, seat) -> since.put(room, ((LoggedSeat) seat).since));
        store.locked(() -> {
            leaveAll();
            leftAt = store.position();
            store.onLeaving();
            return null;
        });
    }

    synchronized void keep(String namespace, SavedSession session) {
        store.keep(namespace, session, since, leftAt, socket().eventLoop());
    }

    /** Enters the rooms of a session at the place where its part of the log ends; null if it cannot be restored. */
    @Nullable
    Replay restore(SavedSession session, @Nullable String offset) {
        Replay replay = comeBack(session, offset);
        tellRoomEvents();
        return replay;
    }

    private synchronized @Nullable Replay comeBack(SavedSession session, @Nullable String offset) {
        return store.locked(() -> {
            Replay replay = store.take(session, offset);
            if (replay != null) {
                replay.held().since().forEach(this::reenter);
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

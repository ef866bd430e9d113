package io.parley.socketio.adapter;

import static java.util.Objects.requireNonNull;

import io.parley.websocket.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What connection state recovery holds in memory for all namespaces of a server: the sessions that wait for their
 * clients, and the events of the last minutes. It may outlive its server, so that the clients go on at the next one:
 * {@link ConnectionStateRecovery.Builder#store}.
 *
 * <p>Whoever sends, enters a room, comes or goes does so under one lock, in which nothing is encoded and no code of the
 * application runs: that is what makes the order of the log the order in which every recipient gets the events.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
public final class RecoveryStore {

    private static final long SMALLEST_PURGE_MILLIS = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final OffsetIds offsets = new OffsetIds();

    // All guarded by the lock.
    private final EventLog log = new EventLog();
    private final Map<String, HeldSession> sessions = new LinkedHashMap<>(); // by pid, the first lost first
    private final RecoveryCounters counters = new RecoveryCounters();
    private ConnectionStateRecovery options = ConnectionStateRecovery.defaults();
    private boolean inUse;
    private boolean purgeIsDue; // a timer runs
    private final Map<HeldRooms, String> leaving = new HashMap<>(); // sessions on their way here, with their namespace

    /** An empty store. */
    public RecoveryStore() {}

    /**
     * A server begins to use it.
     *
     * @throws IllegalStateException if another one does
     */
    public void attach(ConnectionStateRecovery newOptions) {
        locked(() -> {
            if (inUse) {
                throw new IllegalStateException(
                        "RecoveryStore is in use by another server (expected: one at a time); close that one first");
            }
            inUse = true;
            purgeIsDue = false; // a timer of the server before, if there was one, is gone with it
            options = requireNonNull(newOptions, "newOptions");
            return null;
        });
    }

    /** The server uses it no more. */
    public void detach() {
        locked(() -> inUse = false);
    }

    /** What it has done, and what it holds now. */
    public RecoveryFigures figures() {
        return locked(() -> {
            purge();
            return counters.figures(sessions.size(), log.size(), log.bytes());
        });
    }

    /** Forgets the sessions of a namespace that is gone. */
    public void forget(String namespace) {
        locked(() -> sessions.values().removeIf(held -> held.namespace().equals(namespace)));
    }

    <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    String nextOffset() {
        return offsets.next(now());
    }

    /** Where the next event will stand; with the lock held. */
    long position() {
        assert lock.isHeldByCurrentThread();
        return log.next();
    }

    /** Whether somebody is away who may miss an event; with the lock held. */
    boolean isAwaited() {
        assert lock.isHeldByCurrentThread();
        return !leaving.isEmpty() || !sessions.isEmpty();
    }

    /** Keeps an event; with the lock held. */
    void append(HeldEvent event) {
        assert lock.isHeldByCurrentThread();
        log.add(event);
        while (log.size() > options.maxHeldPackets() || log.bytes() > options.maxHeldBytes()) {
            log.removeFirst(true);
            counters.packetsDropped++;
        }
        purge();
    }

    /** A session is about to be kept; with the lock held. */
    void onLeaving(String namespace, HeldRooms rooms) {
        assert lock.isHeldByCurrentThread();
        leaving.put(rooms, namespace);
    }

    /** Ends the sessions of a namespace that a broadcast would reach if their clients were there; with the lock held. */
    void disconnect(String namespace, BroadcastOptions options) {
        assert lock.isHeldByCurrentThread();
        leaving.forEach((rooms, of) -> {
            if (of.equals(namespace) && rooms.isReachedBy(options)) {
                rooms.end();
            }
        });
        sessions.values()
                .removeIf(held ->
                        held.namespace().equals(namespace) && held.rooms().isReachedBy(options));
    }

    /** Keeps a session that was announced by {@link #onLeaving}. */
    void keep(String namespace, SavedSession session, HeldRooms rooms, long leftAt, EventLoop loop) {
        locked(() -> {
            leaving.remove(rooms);
            if (rooms.isOver()) {
                return null;
            }
            Offset unsent = session.progress().unsent();
            long unsentFrom = unsent == null ? leftAt : Math.min(leftAt, unsent.position());
            sessions.put(session.pid(), new HeldSession(namespace, session, rooms, unsentFrom, now()));
            if (sessions.size() > options.maxHeldSessions()) {
                removeFirstSession();
                counters.sessionsDropped++;
            }
            purge();
            purgeLater(loop);
            return null;
        });
    }

    /** A session that can be restored; counts why not otherwise. */
    Optional<SavedSession> find(String namespace, String pid, @Nullable String offset) {
        return locked(() -> {
            HeldSession held = sessions.get(pid);
            if (held == null || !held.namespace().equals(namespace)) {
                counters.unknown++;
                return Optional.empty();
            }
            return start(held, offset) == null ? Optional.empty() : Optional.of(held.session());
        });
    }

    /** Takes a session out, and everything since the client was told last; with the lock held. Null if it cannot be. */
    @SuppressWarnings("ReferenceEquality") // the very one that was found
    @Nullable
    Replay take(SavedSession session, @Nullable String offset) {
        assert lock.isHeldByCurrentThread();
        HeldSession held = sessions.get(session.pid());
        if (held == null || held.session() != session) {
            counters.unknown++;
            return null;
        }
        Replay.Start start = start(held, offset);
        if (start == null) {
            return null;
        }
        sessions.remove(session.pid());
        return new Replay(held, start, offset, log.from(start.position()), log.next());
    }

    void onRestored(int replayed) {
        locked(() -> {
            counters.recovered++;
            return counters.replayed += replayed;
        });
    }

    /** Where the client's events begin; counts why not, and forgets the session, when that cannot be told. */
    private Replay.@Nullable Start start(HeldSession held, @Nullable String offset) {
        Progress progress = held.session().progress();
        Replay.Start start = null;
        if (isOver(held.lostMillis())) {
            counters.expired++;
        } else if (!progress.complete()) {
            counters.incomplete++;
        } else if (progress.replayed() && Objects.equals(progress.claimed(), offset)) {
            counters.interrupted++;
        } else {
            start = Replay.Start.of(held, offset, log);
            if (start == null) {
                counters.countGone(log.isCutByLimit());
            }
        }
        if (start == null) {
            sessions.remove(held.session().pid());
        }
        return start;
    }

    /** Sees to it that what is held goes in time, though nothing happens any more; with the lock held. */
    void purgeLater(EventLoop loop) {
        assert lock.isHeldByCurrentThread();
        if (!purgeIsDue) {
            schedulePurge(loop, options.maxDisconnectionDuration().toMillis());
        }
    }

    private void schedulePurge(EventLoop loop, long millis) {
        try {
            loop.schedule(() -> onPurge(loop), Duration.ofMillis(Math.max(millis, SMALLEST_PURGE_MILLIS)));
            purgeIsDue = true;
        } catch (RejectedExecutionException expected) {
            purgeIsDue = false; // that loop is closed: whoever comes next looks
        }
    }

    private void onPurge(EventLoop loop) {
        locked(() -> {
            purgeIsDue = false;
            purge();
            long oldest = log.size() > 0 ? log.oldestMillis() : Long.MAX_VALUE;
            if (!sessions.isEmpty()) {
                oldest = Math.min(oldest, sessions.values().iterator().next().lostMillis());
            }
            if (oldest != Long.MAX_VALUE) {
                schedulePurge(loop, oldest + options.maxDisconnectionDuration().toMillis() + 1 - now());
            }
            return null;
        });
    }

    private void purge() {
        while (log.size() > 0 && isOver(log.oldestMillis())) {
            log.removeFirst(false);
        }
        while (!sessions.isEmpty() && isOver(sessions.values().iterator().next().lostMillis())) {
            removeFirstSession();
        }
    }

    private void removeFirstSession() {
        Iterator<HeldSession> eldest = sessions.values().iterator();
        eldest.next();
        eldest.remove();
    }

    private boolean isOver(long millis) {
        return millis + options.maxDisconnectionDuration().toMillis() < now();
    }

    long now() {
        return options.clock().millis();
    }
}

package io.parley.chat;

import io.parley.chat.domain.Presence;
import io.parley.chat.domain.Room;
import io.parley.chat.domain.Rooms;
import io.parley.chat.domain.User;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Keeps the list of who is here, and tells everybody of changes in the order in which they happen.
 *
 * <p><b>Threading.</b> Safe for any thread. The presence is guarded by the lock; what is told of a change is told
 * while it is held, which costs no waiting because telling never blocks.
 */
final class Attendance implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Presence presence;
    private final Duration grace;
    private final Rooms rooms;
    private final Audience audience;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final Announcer announcer;
    private final long startedAt = System.nanoTime();

    Attendance(Duration grace, int maxUsers, Rooms rooms, Audience audience, Clock clock) {
        this.presence = new Presence(grace, maxUsers);
        this.grace = grace;
        this.rooms = rooms;
        this.audience = audience;
        this.clock = clock;
        this.timer = Executors.newSingleThreadScheduledExecutor(Attendance::timerThread);
        this.announcer = new Announcer(timer, this::count, this::announce);
    }

    private static Thread timerThread(Runnable work) {
        Thread thread = new Thread(work, "parley-chat-timer");
        thread.setDaemon(true);
        return thread;
    }

    /** Holds a name for somebody who is about to connect; see {@link Presence#claim}. */
    void claim(User user) {
        locked(() -> presence.claim(user, System.nanoTime()));
        expireLater();
    }

    /**
     * Adds a tab of somebody, who enters the rooms they were in.
     *
     * @param resumed whether they come with a session of before: right after a start of the server that is no news
     */
    void arrive(User user, Audience.Tab tab, Collection<Long> savedRooms, boolean resumed) {
        locked(() -> {
            boolean came = presence.connected(user, tab.id(), savedRooms, System.nanoTime());
            Set<Long> theirs = presence.rooms(user.id());
            theirs.forEach(room -> tab.enter(rooms.get(room)));
            if (came) {
                came(user, theirs, resumed && isJustStarted());
            }
        });
    }

    private boolean isJustStarted() {
        return System.nanoTime() - startedAt < grace.toNanos();
    }

    private void came(User user, Set<Long> theirs, boolean quietly) {
        for (long id : theirs) {
            Room room = rooms.get(id);
            if (!quietly) {
                audience.tellOthers(room, user, false, "joined", movement(room, user));
            }
            announcer.changed(room);
        }
    }

    /** Takes a tab of somebody away; they leave when none is left for longer than the grace period. */
    void depart(User user, String tab) {
        if (locked(() -> presence.disconnected(user.id(), tab, System.nanoTime()))) {
            expireLater();
        }
    }

    private void expireLater() {
        try {
            ScheduledFuture<?> unused = timer.schedule(this::expire, grace.toMillis() + 1, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException expected) {
            return; // the server stops
        }
    }

    private void expire() {
        locked(() -> presence.expire(System.nanoTime()).forEach(this::left));
    }

    /** Lets somebody leave at once: a guest, who has no way to come back as the same. */
    void dismiss(User user) {
        locked(() -> presence.remove(user.id()).ifPresent(this::left));
    }

    private void left(Presence.Departure departure) {
        for (long id : departure.rooms()) {
            Room room = rooms.get(id);
            audience.tellRoom(room, "left", movement(room, departure.user()));
            announcer.changed(room);
        }
    }

    /** Puts somebody into a room and tells its members; false when they were in it. */
    boolean enter(User user, Room room) {
        return locked(() -> {
            if (!presence.enter(user.id(), room.id())) {
                return false;
            }
            audience.tellRoom(room, "joined", movement(room, user));
            audience.enter(user, room);
            announcer.changed(room);
            return true;
        });
    }

    /** Takes somebody out of a room and tells its members; false when they were not in it. */
    boolean leave(User user, Room room) {
        return locked(() -> {
            if (!presence.leave(user.id(), room.id())) {
                return false;
            }
            audience.leave(user, room);
            audience.tellRoom(room, "left", movement(room, user));
            announcer.changed(room);
            return true;
        });
    }

    private Views.Movement movement(Room room, User user) {
        return new Views.Movement(room.name(), user, clock.millis());
    }

    /** Whether somebody is in a room. */
    boolean isMember(User user, Room room) {
        return locked(() -> presence.isMember(user.id(), room.id()));
    }

    /** The people of a room, each once. */
    List<User> online(Room room) {
        return locked(() -> presence.online(room.id()));
    }

    /** How many people are in a room. */
    int count(Room room) {
        return locked(() -> presence.count(room.id()));
    }

    private void announce(Room room) {
        List<User> people = online(room);
        audience.tellRoom(room, "online", new Views.Online(room.name(), people));
        audience.tellEverybody("room", new Views.RoomCount(room, people.size()));
    }

    private void locked(Runnable work) {
        locked(() -> {
            work.run();
            return true;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Tells nothing any more. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}

package io.parley.chat;

import io.parley.chat.domain.Room;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Announces that a room has changed, many changes at once: a whole office that comes back after a restart must not
 * cause a list of everybody to everybody for each of them. The larger the room, the rarer.
 *
 * <p><b>Threading.</b> Safe for any thread; announces on the timer's.
 */
final class Announcer {

    private static final Duration AT_LEAST = Duration.ofMillis(100);

    private final ScheduledExecutorService timer;
    private final ToIntFunction<Room> members;
    private final Consumer<Room> announce;
    private final Set<Long> waiting = ConcurrentHashMap.newKeySet();

    Announcer(ScheduledExecutorService timer, ToIntFunction<Room> members, Consumer<Room> announce) {
        this.timer = timer;
        this.members = members;
        this.announce = announce;
    }

    /** Announces the room soon, unless that is going to happen anyway. */
    void changed(Room room) {
        if (waiting.add(room.id())) {
            schedule(room, AT_LEAST.toMillis() + members.applyAsInt(room));
        }
    }

    private void schedule(Room room, long millis) {
        try {
            ScheduledFuture<?> unused = timer.schedule(() -> announceNow(room), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException expected) {
            waiting.remove(room.id()); // the server stops: nobody listens any more
        }
    }

    private void announceNow(Room room) {
        waiting.remove(room.id());
        announce.accept(room);
    }
}

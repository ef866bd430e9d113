package io.parley.socketio.adapter;

import io.parley.websocket.Mailbox;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Tells listeners what happens to rooms. What happens to one room is noted under that room's lock, so it is told in its
 * order; it is told outside of every lock.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class RoomEvents {

    private final List<RoomListener> listeners = new CopyOnWriteArrayList<>();
    private final Queue<Consumer<RoomListener>> noted = new ConcurrentLinkedQueue<>();
    private final Mailbox mailbox;

    RoomEvents(Executor executor) {
        mailbox = new Mailbox(executor);
    }

    void add(RoomListener listener) {
        listeners.add(listener);
    }

    /** Notes that a socket entered, while the room is locked. */
    void noteJoin(String room, String socketId, boolean isFirst) {
        if (isFirst) {
            noted.add(listener -> listener.onCreate(room));
        }
        noted.add(listener -> listener.onJoin(room, socketId));
    }

    /** Notes that a socket left, while the room is locked. */
    void noteLeave(String room, String socketId, boolean wasLast) {
        noted.add(listener -> listener.onLeave(room, socketId));
        if (wasLast) {
            noted.add(listener -> listener.onDelete(room));
        }
    }

    /** Sees to it that the listeners hear what was noted; called when the room is not locked any more. */
    void tell() {
        if (noted.isEmpty()) {
            return;
        }
        mailbox.execute(() -> {
            for (Consumer<RoomListener> event = noted.poll(); event != null; event = noted.poll()) {
                tell(event);
            }
        });
    }

    private void tell(Consumer<RoomListener> event) {
        for (RoomListener listener : listeners) {
            mailbox.execute(() -> event.accept(listener)); // a task of its own: what it throws stops nobody else
        }
    }
}

package io.parley.websocket.client;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who hears the events of one socket, in the order in which they came to listen, as the DOM has it: a listener is there
 * once for a type, and the one set by {@code onX} keeps its place when it is replaced.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class Listeners {

    private static final Logger log = LoggerFactory.getLogger(WebSocket.class);

    private final CopyOnWriteArrayList<Entry> entries = new CopyOnWriteArrayList<>();

    /** A listener in its place. */
    private static final class Entry {

        final EventType<?> type;
        final boolean attribute; // set by onX
        final boolean once;
        volatile Consumer<?> listener;

        Entry(EventType<?> type, Consumer<?> listener, boolean attribute, boolean once) {
            this.type = type;
            this.listener = listener;
            this.attribute = attribute;
            this.once = once;
        }

        boolean is(EventType<?> other, Consumer<?> candidate) {
            return !attribute && type == other && listener.equals(candidate);
        }

        @SuppressWarnings("unchecked") // it was added for the type of this event
        <E extends Event> void tell(E event) {
            ((Consumer<? super E>) listener).accept(event);
        }
    }

    /** Listeners of their own that are those of {@code others} at this moment. */
    static Listeners copyOf(Listeners others) {
        Listeners copy = new Listeners();
        for (Entry entry : others.entries) {
            copy.entries.add(new Entry(entry.type, entry.listener, entry.attribute, entry.once));
        }
        return copy;
    }

    synchronized <E extends Event> void add(EventType<E> type, Consumer<? super E> listener, boolean once) {
        if (entries.stream().noneMatch(entry -> entry.is(type, listener))) {
            entries.add(new Entry(type, listener, false, once));
        }
    }

    synchronized <E extends Event> void remove(EventType<E> type, Consumer<? super E> listener) {
        entries.removeIf(entry -> entry.is(type, listener));
    }

    /** Sets the one that {@code onX} sets; null for none. */
    synchronized <E extends Event> void set(EventType<E> type, @Nullable Consumer<? super E> listener) {
        Entry present = entries.stream()
                .filter(entry -> entry.attribute && entry.type == type)
                .findFirst()
                .orElse(null);
        if (listener == null) {
            entries.remove(present);
        } else if (present == null) {
            entries.add(new Entry(type, listener, true, false));
        } else {
            present.listener = listener;
        }
    }

    /** Tells every listener of that type; one that throws does not disturb the others. */
    <E extends Event> void dispatch(EventType<E> type, E event) {
        for (Entry entry : entries) {
            if (entry.type == type && claim(entry)) {
                tell(entry, event);
            }
        }
    }

    /** Whether it is still there, for this event at least. */
    private boolean claim(Entry entry) {
        return entry.once ? entries.remove(entry) : entries.contains(entry);
    }

    private static <E extends Event> void tell(Entry entry, E event) {
        try {
            entry.tell(event);
        } catch (RuntimeException | Error thrown) {
            log.error("{}: a listener of its {} event failed", event.socket(), entry.type, thrown);
        }
    }
}

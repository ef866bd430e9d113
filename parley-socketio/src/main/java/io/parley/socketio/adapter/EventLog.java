package io.parley.socketio.adapter;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of the last minutes, in the order in which they were sent: a ring in which the place of an event is its
 * position.
 *
 * <p><b>Threading.</b> Guarded by the {@link RecoveryStore}.
 */
final class EventLog {

    private static final int SMALLEST = 64; // a power of two

    private final Map<String, HeldEvent> byOffset = new HashMap<>();
    private @Nullable HeldEvent[] ring = new HeldEvent[SMALLEST];
    private long first; // position of the oldest one that is held
    private long next; // position of the one to come
    private long bytes;
    private boolean cutByLimit; // whether the last one that went had to go before its time

    /** Where the next event will stand. */
    long next() {
        return next;
    }

    int size() {
        return (int) (next - first);
    }

    long bytes() {
        return bytes;
    }

    /** When the oldest one was sent; only if there is one. */
    long oldestMillis() {
        return at(first).millis();
    }

    /** Whether everything from {@code position} on is still held. */
    boolean holdsAllFrom(long position) {
        return position >= first;
    }

    /** Whether what is missing had to go before its time. */
    boolean isCutByLimit() {
        return cutByLimit;
    }

    @Nullable
    HeldEvent find(String offset) {
        return byOffset.get(offset);
    }

    void add(HeldEvent event) {
        assert event.offset().position() == next;
        if (size() == ring.length) {
            resize(2 * ring.length);
        }
        ring[slot(next++)] = event;
        byOffset.put(event.offset().text(), event);
        bytes += event.bytes();
    }

    /** The oldest one goes. */
    void removeFirst(boolean byLimit) {
        HeldEvent gone = at(first);
        ring[slot(first++)] = null;
        byOffset.remove(gone.offset().text());
        bytes -= gone.bytes();
        cutByLimit = byLimit;
        if (ring.length > SMALLEST && size() < ring.length / 8) {
            resize(ring.length / 2);
        }
    }

    /** A copy of everything from {@code position} on. */
    HeldEvent[] from(long position) {
        HeldEvent[] events = new HeldEvent[(int) (next - position)];
        for (int i = 0; i < events.length; i++) {
            events[i] = at(position + i);
        }
        return events;
    }

    @SuppressWarnings("NullAway") // between first and next there is no gap
    private HeldEvent at(long position) {
        return ring[slot(position)];
    }

    private int slot(long position) {
        return (int) (position & (ring.length - 1));
    }

    private void resize(int capacity) {
        HeldEvent[] all = from(first);
        ring = new HeldEvent[capacity];
        for (HeldEvent event : all) {
            ring[slot(event.offset().position())] = event;
        }
    }

    @Override
    public String toString() {
        return Arrays.toString(from(first));
    }
}

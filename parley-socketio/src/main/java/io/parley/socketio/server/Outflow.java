package io.parley.socketio.server;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.Arguments;
import io.parley.socketio.adapter.OutgoingEvent;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is held back for one socket while its client is slow, in the order in which it was sent. Made for the first
 * event that has to wait or is dropped, so most sockets never have one.
 *
 * <p><b>Threading.</b> Confined to the socket's event loop, but for {@link #bytes}, {@link #dropped} and
 * {@link #isLossy}.
 */
final class Outflow {

    private final NamespaceSocket socket;
    private final SlowClients slowClients;
    private final SlowClientPolicy policy;
    private final Set<Held> waiting = new LinkedHashSet<>();
    private final Map<Slot, ArrayDeque<Held>> slots = new HashMap<>(); // of events of which only the newest are kept
    private int events; // of what waits
    private int eventBytes; // of them
    private volatile long bytes; // of all that waits
    private volatile long dropped;
    private volatile boolean lossy; // an event that was not volatile was dropped
    private boolean told; // that something was dropped, since the client was fast last

    Outflow(NamespaceSocket socket, SlowClients slowClients) {
        this.socket = socket;
        this.slowClients = slowClients;
        policy = slowClients.policy();
    }

    /** Events of which only the newest are kept: those of a name, or of a name and with the same value of an argument. */
    private record Slot(String event, @Nullable Object key, int count) {}

    /** One packet that waits; equal to itself only. */
    private static final class Held {

        private final List<EncodedPacket> messages;
        private final int bytes;
        private final boolean isEvent;
        private final boolean droppable;
        private final @Nullable Slot slot; // null when all of its kind are kept

        Held(List<EncodedPacket> messages, boolean isEvent, boolean droppable, @Nullable Slot slot) {
            this.messages = messages;
            this.bytes = sizeOf(messages);
            this.isEvent = isEvent;
            this.droppable = droppable;
            this.slot = slot;
        }
    }

    SlowClientPolicy policy() {
        return policy;
    }

    /** Bytes that wait; a hint on other threads. */
    long bytes() {
        return bytes;
    }

    /** How many events were dropped so far. */
    long dropped() {
        return dropped;
    }

    /** Whether the client has a gap in its events: what it has received does not say what it missed. */
    boolean isLossy() {
        return lossy;
    }

    /** Counts a volatile event that was dropped. */
    void dropVolatile() {
        countDropped(SlowClientAction.DROP_VOLATILE);
    }

    /** Takes an event; false when it was dropped, or the socket with it. */
    boolean add(OutgoingEvent event) {
        boolean droppable = event.event().ackId() == null;
        Slot slot = droppable ? slotOf(event) : null;
        Held held = new Held(event.messages(), true, droppable, slot);
        if (slot != null) {
            makeRoomIn(slot);
        }
        if (!makeRoomFor(held)) {
            return false;
        }
        append(held);
        return true;
    }

    /** Takes a packet that is never dropped: its place among the events is kept. */
    void addControl(List<EncodedPacket> messages) {
        Held held = new Held(messages, false, false, null);
        long all = bytes + held.bytes + socket.connection.engine().bufferedBytes();
        int limit = socket.namespace().options().engine().maxBufferedBytes();
        if (all > limit) {
            socket.connection.onTooSlow("more than " + limit + " bytes wait to be sent (limit: maxBufferedBytes)");
        } else {
            append(held);
        }
    }

    /** Takes out the packet that waits for longest; there is one. */
    List<EncodedPacket> poll() {
        Held first = waiting.iterator().next();
        remove(first);
        told &= !waiting.isEmpty();
        return first.messages;
    }

    void clear() {
        waiting.clear();
        slots.clear();
        events = 0;
        eventBytes = 0;
        bytes = 0;
    }

    private void makeRoomIn(Slot slot) {
        ArrayDeque<Held> same = slots.get(slot);
        while (same != null && same.size() >= slot.count()) {
            remove(same.element());
            drop(SlowClientAction.CONFLATE);
        }
    }

    private boolean makeRoomFor(Held held) {
        while (!fits(held)) {
            Held oldest = policy.whenFull() == SlowClientAction.DROP_OLDEST ? oldestDroppable() : null;
            if (oldest != null && held.bytes <= policy.maxHeldBytes()) {
                remove(oldest);
                drop(SlowClientAction.DROP_OLDEST);
            } else {
                giveUp(held);
                return false;
            }
        }
        return true;
    }

    private boolean fits(Held held) {
        return events < policy.maxHeldEvents() && (long) eventBytes + held.bytes <= policy.maxHeldBytes();
    }

    /** Nothing can give way but what is to be added. */
    private void giveUp(Held held) {
        boolean disconnect = policy.whenFull() == SlowClientAction.DISCONNECT
                || (policy.whenFull() == SlowClientAction.DROP_OLDEST && !held.droppable);
        if (!disconnect) {
            drop(SlowClientAction.DROP_NEWEST);
        } else if (events < policy.maxHeldEvents()) {
            socket.connection.onTooSlow(
                    "more than " + policy.maxHeldBytes() + " bytes of events wait for the client in "
                            + socket.namespace().name() + " (limit: maxHeldBytes)");
        } else {
            socket.connection.onTooSlow("more than " + policy.maxHeldEvents() + " events wait for the client in "
                    + socket.namespace().name() + " (limit: maxHeldEvents)");
        }
    }

    private @Nullable Held oldestDroppable() {
        for (Held held : waiting) {
            if (held.droppable) {
                return held;
            }
        }
        return null;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written on the loop only
    private void append(Held held) {
        waiting.add(held);
        if (held.slot != null) {
            slots.computeIfAbsent(held.slot, any -> new ArrayDeque<>(2)).add(held);
        }
        if (held.isEvent) {
            events++;
            eventBytes += held.bytes;
        }
        bytes += held.bytes;
    }

    /** Of a slot it is always the oldest that goes. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // written on the loop only
    private void remove(Held held) {
        waiting.remove(held);
        if (held.slot != null) {
            slots.computeIfPresent(held.slot, (any, same) -> same.remove() != null && same.isEmpty() ? null : same);
        }
        if (held.isEvent) {
            events--;
            eventBytes -= held.bytes;
        }
        bytes -= held.bytes;
    }

    private void drop(SlowClientAction action) {
        lossy = true;
        countDropped(action);
        if (!told) {
            told = true;
            slowClients.tell(socket, action);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written on the loop only
    private void countDropped(SlowClientAction action) {
        dropped++;
        slowClients.count(action);
    }

    /** Null when all of its kind are kept. */
    private @Nullable Slot slotOf(OutgoingEvent event) {
        SlowClientPolicy.Newest newest = policy.newestOf(event.event().name());
        if (newest == null) {
            return null;
        }
        Object key = newest.keyIndex() < 0 ? null : keyOf(event.event().arguments(), newest.keyIndex());
        return new Slot(event.event().name(), key, newest.count());
    }

    /** What needs no code of the application's to be compared: we are on the event loop. */
    private static Object keyOf(Arguments arguments, int index) {
        return switch (arguments.kind(index)) {
            case STRING -> arguments.string(index);
            case NUMBER -> arguments.number(index);
            case BOOLEAN -> arguments.bool(index);
            case ABSENT, NULL, BINARY, ARRAY, OBJECT -> Slot.class;
        };
    }

    private static int sizeOf(List<EncodedPacket> messages) {
        int bytes = 0;
        for (EncodedPacket message : messages) {
            bytes += message.webSocketMessage().frame().remaining();
        }
        return bytes;
    }
}

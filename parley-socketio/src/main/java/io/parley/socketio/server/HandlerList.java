package io.parley.socketio.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * What an application hooked into one socket, all kinds in one small array: a socket has a handful, and there may be a
 * hundred thousand sockets. So there is no object for what a handler waits for: it stands in the array before the
 * handler, an event as its name, which saves 28 bytes for each handler. Nor is there one for the list: it is a part of its
 * socket.
 *
 * <p><b>Threading.</b> Safe for any thread: the array is copied when it changes.
 */
abstract class HandlerList {

    private static final Object[] NONE = {};

    private volatile Object[] slots = NONE; // a String, a Once or a Kind, and then the handler; and so on

    /** Goes through the handlers as they are now, in order. */
    final Cursor cursor() {
        return new Cursor(slots);
    }

    final synchronized void add(Kind kind, Object handler) {
        insert(slots.length, kind, handler);
    }

    final synchronized void prepend(Kind kind, Object handler) {
        insert(0, kind, handler);
    }

    /**
     * Adds a handler of an event.
     *
     * @param given what the application gave, to remove it by
     * @param once whether it is to be removed when the event comes
     */
    final synchronized void addEvent(String event, boolean once, Object given, EventHandler handler) {
        Object key = once ? new Once(event) : event;
        insert(slots.length, key, handler.equals(given) ? handler : new Adapter(given, handler));
    }

    private void insert(int at, Object key, Object handler) {
        Object[] more = new Object[slots.length + 2];
        System.arraycopy(slots, 0, more, 0, at);
        more[at] = key;
        more[at + 1] = handler;
        System.arraycopy(slots, at, more, at + 2, slots.length - at);
        slots = more;
    }

    final synchronized void removeIf(Predicate<Cursor> condition) {
        List<Object> kept = new ArrayList<>(slots.length);
        for (Cursor at = cursor(); at.next(); ) {
            if (!condition.test(at)) {
                kept.add(at.key());
                kept.add(at.stored());
            }
        }
        slots = kept.toArray(NONE);
    }

    /** Of a handler that was added twice, one stays. */
    final void removeFirst(Kind kind, Object handler) {
        removeFirst((Object) kind, handler);
    }

    /** Returns whether it was there yet. */
    final boolean removeFirst(Cursor entry) {
        return removeFirst(entry.key(), entry.stored());
    }

    private synchronized boolean removeFirst(Object key, Object stored) {
        for (int i = 0; i < slots.length; i += 2) {
            if (slots[i].equals(key) && slots[i + 1].equals(stored)) {
                List<Object> kept = new ArrayList<>(Arrays.asList(slots));
                kept.subList(i, i + 2).clear();
                slots = kept.toArray(NONE);
                return true;
            }
        }
        return false;
    }

    final boolean contains(Kind kind) {
        Object[] all = slots;
        for (int i = 0; i < all.length; i += 2) {
            if (all[i] == kind) {
                return true;
            }
        }
        return false;
    }

    /** What a handler waits for, other than an event. */
    enum Kind {
        ANY,
        ANY_OUTGOING,
        MIDDLEWARE,
        DISCONNECTING,
        DISCONNECT,
        DRAIN,
        ERROR
    }

    /** An event that is waited for until it comes. */
    private record Once(String event) {}

    /** A handler that was made of what the application gave. */
    private record Adapter(Object given, EventHandler handler) {}

    /**
     * A handler of those that there were when the cursor was made. To be moved to the first by {@link #next}.
     *
     * <p><b>Threading.</b> For one thread.
     */
    static final class Cursor {

        private final Object[] slots;
        private int at = -2;

        private Cursor(Object[] slots) {
            this.slots = slots;
        }

        /** Moves on; false behind the last. */
        boolean next() {
            at += 2;
            return at < slots.length;
        }

        boolean is(Kind kind) {
            return key() == kind;
        }

        boolean handles(String event) {
            return event.equals(key()) || (key() instanceof Once once && once.event.equals(event));
        }

        /** Whether it is for one event, and no more. */
        boolean isOnce() {
            return key() instanceof Once;
        }

        /** The handler, of the type that belongs to the kind. */
        Object handler() {
            return stored() instanceof Adapter adapter ? adapter.handler : stored();
        }

        /** What the application gave. */
        Object given() {
            return stored() instanceof Adapter adapter ? adapter.given : stored();
        }

        private Object key() {
            return slots[at];
        }

        private Object stored() {
            return slots[at + 1];
        }
    }
}

package io.parley.socketio.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * What an application hooked into one socket, all kinds in one small array: a socket has a handful, and there may be a
 * hundred thousand sockets.
 *
 * <p><b>Threading.</b> Safe for any thread: the array is copied when it changes.
 */
final class HandlerList {

    private static final Entry[] NONE = {};

    private volatile Entry[] entries = NONE;

    /** The entries in order; not to be changed. */
    Entry[] entries() {
        return entries;
    }

    synchronized void add(Entry entry) {
        Entry[] more = Arrays.copyOf(entries, entries.length + 1);
        more[entries.length] = entry;
        entries = more;
    }

    synchronized void prepend(Entry entry) {
        Entry[] more = new Entry[entries.length + 1];
        more[0] = entry;
        System.arraycopy(entries, 0, more, 1, entries.length);
        entries = more;
    }

    synchronized void removeIf(Predicate<Entry> condition) {
        entries = Arrays.stream(entries).filter(condition.negate()).toArray(Entry[]::new);
    }

    /** Returns whether there was such an entry. */
    synchronized boolean removeFirst(Entry entry) {
        List<Entry> kept = new ArrayList<>(List.of(entries));
        boolean removed = kept.remove(entry);
        entries = kept.toArray(NONE);
        return removed;
    }

    boolean contains(Kind kind) {
        for (Entry entry : entries) {
            if (entry.kind == kind) {
                return true;
            }
        }
        return false;
    }

    /** What a handler waits for. */
    enum Kind {
        EVENT,
        EVENT_ONCE,
        ANY,
        ANY_OUTGOING,
        MIDDLEWARE,
        DISCONNECTING,
        DISCONNECT,
        DRAIN,
        ERROR
    }

    /**
     * One handler.
     *
     * @param event the name of the event; empty for other kinds
     * @param given what the application gave, to remove it by
     * @param handler of the type that belongs to the kind
     */
    record Entry(Kind kind, String event, Object given, Object handler) {

        static Entry of(Kind kind, Object handler) {
            return new Entry(kind, "", handler, handler);
        }

        boolean handles(String name) {
            return (kind == Kind.EVENT || kind == Kind.EVENT_ONCE) && event.equals(name);
        }
    }
}

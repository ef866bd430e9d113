package io.parley.websocket;

import static java.util.Objects.requireNonNull;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds things by the ids that they hold. A hash table of nothing but the things themselves (open addressing, linear
 * probing): a map has an object of 32 bytes more for each, and there may be a hundred thousand that do nothing.
 *
 * <p>The id of a thing must not change while it is here. Ids are meant to be the server's own: the table does not defend
 * itself against many with the same hash.
 *
 * <p><b>Threading.</b> Safe for any thread. Finding takes no lock: a thing is in the same slot as long as it is in the same
 * array, and is found from the return of {@link #put} to the call of {@link #remove}. Iterators show what is there when they
 * come by; they may miss what has come since they began, and show what has gone.
 */
public final class IdTable<V> {

    private static final Object GONE = new Object(); // where something was: who looks for another one has to look on
    private static final int FIRST_SLOTS = 16;

    private final Function<? super V, String> idOf;
    private volatile AtomicReferenceArray<@Nullable Object> slots = new AtomicReferenceArray<>(FIRST_SLOTS);

    // Guarded by this.
    private int size;
    private int taken; // slots that are not null, at most two thirds

    /** An empty table of things whose id is what {@code idOf} says. */
    public IdTable(Function<? super V, String> idOf) {
        this.idOf = requireNonNull(idOf, "idOf");
    }

    /** What has that id; null if nothing has. */
    public @Nullable V get(String id) {
        AtomicReferenceArray<@Nullable Object> table = slots;
        int slot = slotOf(id, table);
        V value = slot < 0 ? null : thing(table.get(slot));
        return value != null && idOf.apply(value).equals(id) ? value : null; // another may have come there meanwhile
    }

    /** How many there are. */
    public synchronized int size() {
        return size;
    }

    /** Adds {@code value}, in place of what has its id. */
    public synchronized void put(V value) {
        int slot = slotOf(idOf.apply(value), slots);
        if (slot < 0) {
            insert(value);
        } else {
            slots.set(slot, value);
        }
    }

    /** Adds {@code value} unless something has its id; returns that, or null. */
    public synchronized @Nullable V putIfAbsent(V value) {
        V known = get(idOf.apply(value));
        if (known == null) {
            insert(value);
        }
        return known;
    }

    /** Removes {@code value}; false if it is not here, though another one may have its id. */
    @SuppressWarnings("ReferenceEquality") // that very one
    public synchronized boolean remove(V value) {
        AtomicReferenceArray<@Nullable Object> table = slots;
        int slot = slotOf(idOf.apply(value), table);
        if (slot < 0 || table.get(slot) != value) {
            return false;
        }
        table.set(slot, GONE);
        size--;
        if (table.get(after(slot, table)) == null) { // nobody looks on from here
            for (int i = slot; table.get(i) == GONE; i = before(i, table)) {
                table.set(i, null);
                taken--;
            }
        }
        return true;
    }

    /** All of it by id, as it comes and goes; read-only. */
    public Map<String, V> asMap() {
        return new View();
    }

    private void insert(V value) {
        if ((taken + 1) * 3L > slots.length() * 2L) {
            rebuild();
        }
        if (place(value, slots)) {
            taken++;
        }
        size++;
    }

    /** Goes on in an array of which half is free; finding goes on in the one before until this one is complete. */
    private void rebuild() {
        int length = FIRST_SLOTS;
        while (length < (size + 1) * 2L) {
            length *= 2;
        }
        AtomicReferenceArray<@Nullable Object> next = new AtomicReferenceArray<>(length);
        AtomicReferenceArray<@Nullable Object> table = slots;
        for (int i = 0; i < table.length(); i++) {
            V value = thing(table.get(i));
            if (value != null) {
                place(value, next);
            }
        }
        taken = size;
        slots = next;
    }

    /** Puts it where it will be found; returns whether the slot had never been taken. */
    private boolean place(V value, AtomicReferenceArray<@Nullable Object> table) {
        int slot = home(idOf.apply(value), table);
        while (thing(table.get(slot)) != null) {
            slot = after(slot, table);
        }
        return table.getAndSet(slot, value) == null;
    }

    /** Negative if nothing has that id. */
    private int slotOf(String id, AtomicReferenceArray<@Nullable Object> table) {
        int slot = home(id, table);
        for (Object there = table.get(slot); there != null; there = table.get(slot)) {
            V value = thing(there);
            if (value != null && idOf.apply(value).equals(id)) {
                return slot;
            }
            slot = after(slot, table);
        }
        return -1;
    }

    @SuppressWarnings("unchecked") // nothing else is put there
    private @Nullable V thing(@Nullable Object inSlot) {
        return inSlot == GONE ? null : (V) inSlot;
    }

    /** Where to look first: the upper bits of a product, which depend on all bits of the hash. */
    private static int home(String id, AtomicReferenceArray<?> table) {
        int product = id.hashCode() * 0x9E37_79B9; // 2^32 by the golden ratio
        return product >>> (Integer.numberOfLeadingZeros(table.length()) + 1);
    }

    private static int after(int slot, AtomicReferenceArray<?> table) {
        return (slot + 1) & (table.length() - 1);
    }

    private static int before(int slot, AtomicReferenceArray<?> table) {
        return (slot - 1) & (table.length() - 1);
    }

    private final class View extends AbstractMap<String, V> {

        @Override
        public int size() {
            return IdTable.this.size();
        }

        @Override
        public @Nullable V get(@Nullable Object id) {
            return id instanceof String text ? IdTable.this.get(text) : null;
        }

        @Override
        public boolean containsKey(@Nullable Object id) {
            return get(id) != null;
        }

        @Override
        public Set<Entry<String, V>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Entry<String, V>> iterator() {
                    return new Walk();
                }

                @Override
                public int size() {
                    return View.this.size();
                }
            };
        }
    }

    private final class Walk implements Iterator<Map.Entry<String, V>> {

        private final AtomicReferenceArray<@Nullable Object> table = slots;
        private int slot;
        private @Nullable V next = find(); // null at the end

        private @Nullable V find() {
            V found = null;
            while (found == null && slot < table.length()) {
                found = thing(table.get(slot++));
            }
            return found;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Map.Entry<String, V> next() {
            V value = next;
            if (value == null) {
                throw new NoSuchElementException();
            }
            next = find();
            return Map.entry(idOf.apply(value), value);
        }
    }
}

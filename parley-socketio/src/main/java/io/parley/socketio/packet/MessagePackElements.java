package io.parley.socketio.packet;

import java.util.Arrays;

/**
 * Where the elements of an array are. Nothing is between them, so each ends where the next one starts.
 *
 * <p><b>Threading.</b> Confined to one call until {@link #end} was called, immutable from then on.
 */
final class MessagePackElements {

    private static final int FIRST_ROOM = 8;

    private int[] bounds; // where each starts, and where the last one ends
    private int count;

    /** Room for {@code expected} elements, if they are few; more is made when they come. */
    MessagePackElements(int expected) {
        bounds = new int[Math.min(expected, FIRST_ROOM) + 1];
    }

    /** An element starts. */
    void start(int at) {
        note(at);
        count++;
    }

    /** The last one has ended. */
    void end(int at) {
        note(at);
    }

    private void note(int at) {
        if (count == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[count] = at;
    }

    int count() {
        return count;
    }

    int startOf(int element) {
        return bounds[element];
    }

    int lengthOf(int element) {
        return bounds[element + 1] - bounds[element];
    }
}

package io.parley.socketio.adapter;

import io.parley.websocket.EventLoop;
import java.util.Arrays;

/**
 * The members of a room that live on one event loop, densely in an array: a broadcast walks it from end to end.
 *
 * <p>A broadcast takes the array as it stands. What joins later is written behind its end, and the first that leaves
 * copies the array: a copy for a broadcast at most, which is little beside what the broadcast itself costs.
 *
 * <p><b>Threading.</b> Guarded by the room.
 */
final class Slice {

    private static final int SMALL = 16;

    private final EventLoop loop;
    private LocalSocket[] sockets = new LocalSocket[2];
    private Seat[] seats = new Seat[2];
    private int size;
    private boolean taken; // by a broadcast, since the array was copied last

    Slice(EventLoop loop) {
        this.loop = loop;
    }

    EventLoop loop() {
        return loop;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(Seat seat) {
        if (size == sockets.length) {
            resize(2 * size);
        }
        sockets[size] = seat.socket;
        seats[size] = seat;
        seat.slice = this;
        seat.index = size++;
    }

    /** The last one takes the seat of the one that goes. */
    @SuppressWarnings("NullAway") // behind the end there is nothing, and nobody looks there
    void remove(Seat seat) {
        int last = --size;
        if (taken || (sockets.length > SMALL && size < sockets.length / 4)) {
            resize(Math.max(2, 2 * size));
        }
        Seat moved = seats[last];
        sockets[seat.index] = sockets[last];
        seats[seat.index] = moved;
        moved.index = seat.index;
        sockets[last] = null;
        seats[last] = null;
        seat.slice = null;
    }

    Span take() {
        taken = true;
        return new Span(loop, sockets, size);
    }

    private void resize(int capacity) {
        sockets = Arrays.copyOf(sockets, capacity);
        seats = Arrays.copyOf(seats, capacity);
        taken = false;
    }
}

package io.parley.socketio.adapter;

import io.parley.websocket.EventLoop;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The members of one room on this server, apart by event loop.
 *
 * <p><b>Threading.</b> Guarded by itself; nothing foreign is called while it is locked but to take a span.
 */
final class Room {

    private static final Slice[] NONE = {};

    private Slice[] slices = NONE;

    synchronized void add(Seat seat) {
        sliceOf(seat.socket.eventLoop()).add(seat);
    }

    /** Returns whether nobody is left. */
    synchronized boolean remove(Seat seat) {
        Slice slice = seat.slice;
        if (slice != null) {
            slice.remove(seat);
            if (slice.isEmpty()) {
                drop(slice);
            }
        }
        return slices.length == 0;
    }

    synchronized void snapshot(Consumer<Span> taker) {
        for (Slice slice : slices) {
            taker.accept(slice.take());
        }
    }

    private Slice sliceOf(EventLoop loop) {
        for (Slice slice : slices) {
            if (slice.loop().equals(loop)) {
                return slice;
            }
        }
        Slice slice = new Slice(loop);
        slices = Arrays.copyOf(slices, slices.length + 1);
        slices[slices.length - 1] = slice;
        return slice;
    }

    private void drop(Slice slice) {
        slices = Arrays.stream(slices).filter(other -> other != slice).toArray(Slice[]::new);
    }
}

package io.parley.socketio.adapter;

import org.jspecify.annotations.Nullable;

/** The place of one socket in one room, so that it can leave without being searched for. Guarded by the room. */
class Seat {

    final LocalSocket socket;

    @Nullable
    Slice slice; // null while the seat is in no room

    int index;

    Seat(LocalSocket socket) {
        this.socket = socket;
    }
}

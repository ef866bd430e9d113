package io.parley.socketio.adapter;

/**
 * A session that waits for its client.
 *
 * @param rooms its rooms
 * @param unsentFrom the place in the log from which on nothing was sent to it
 * @param lostMillis when its connection was lost
 */
record HeldSession(String namespace, SavedSession session, HeldRooms rooms, long unsentFrom, long lostMillis) {

    boolean wasIn(String room, long position) {
        return rooms.has(room, position);
    }
}

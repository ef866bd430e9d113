package io.parley.socketio.adapter;

import java.util.Map;

/**
 * A session that waits for its client.
 *
 * @param since its rooms, and the place in the log where it entered each
 * @param unsentFrom the place in the log from which on nothing was sent to it
 * @param lostMillis when its connection was lost
 */
record HeldSession(String namespace, SavedSession session, Map<String, Long> since, long unsentFrom, long lostMillis) {

    boolean wasIn(String room, long position) {
        Long entered = since.get(room);
        return entered != null && entered <= position;
    }
}

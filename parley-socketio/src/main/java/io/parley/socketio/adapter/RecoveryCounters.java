package io.parley.socketio.adapter;

/** What a {@link RecoveryStore} counts, by the names of {@link RecoveryFigures}. Guarded by the store. */
final class RecoveryCounters {

    long recovered;
    long replayed;
    long unknown;
    long expired;
    long overflowed;
    long interrupted;
    long incomplete;
    long sessionsDropped;
    long packetsDropped;

    /** Events that a client needs are not held any more. */
    void countGone(boolean byLimit) {
        if (byLimit) {
            overflowed++;
        } else {
            expired++;
        }
    }

    RecoveryFigures figures(int sessionsHeld, int packetsHeld, long bytesHeld) {
        return new RecoveryFigures(
                recovered,
                replayed,
                unknown,
                expired,
                overflowed,
                interrupted,
                incomplete,
                sessionsHeld,
                packetsHeld,
                bytesHeld,
                sessionsDropped,
                packetsDropped);
    }
}

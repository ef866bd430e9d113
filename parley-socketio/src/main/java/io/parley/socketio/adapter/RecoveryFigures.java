package io.parley.socketio.adapter;

/**
 * What connection state recovery has done since its {@link RecoveryStore} was made, and what it holds now.
 *
 * @param recovered clients that came back to their session
 * @param replayed events that were sent again to them
 * @param unknown clients that named a session which is not, or no longer, held
 * @param expired clients that came back too late, or whose last event is too old
 * @param overflowed clients whose missed events had to go because too many were held
 * @param interrupted clients that were lost while missed events were sent to them, so that nobody knows which they had
 * @param incomplete clients to which an event was not sent because they were too slow
 * @param sessionsHeld sessions that wait for their clients now
 * @param packetsHeld events that are held now
 * @param bytesHeld bytes of these events
 * @param sessionsDropped sessions that had to go before their time, beyond {@code maxHeldSessions}
 * @param packetsDropped events that had to go before their time, beyond {@code maxHeldPackets} or {@code maxHeldBytes}
 */
public record RecoveryFigures(
        long recovered,
        long replayed,
        long unknown,
        long expired,
        long overflowed,
        long interrupted,
        long incomplete,
        int sessionsHeld,
        int packetsHeld,
        long bytesHeld,
        long sessionsDropped,
        long packetsDropped) {

    /** Of a server without recovery. */
    public static final RecoveryFigures NONE = new RecoveryFigures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}

package io.parley.socketio.server;

import java.time.Duration;

/**
 * What {@link SocketIoServer#drain} came to.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param clients the connections there were when it began
 * @param moved those that were closed in their turn, with everything that was sent to them
 * @param left those that went by themselves before
 * @param forced those that were cut off at the deadline
 * @param took how long it took
 */
public record DrainReport(int clients, int moved, int left, int forced, Duration took) {}

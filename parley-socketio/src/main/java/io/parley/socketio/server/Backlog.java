package io.parley.socketio.server;

/**
 * What of one connection waits for its handlers: events, and sockets whose handlers have not all run. Above a limit of
 * events the connection is not read from until half of it is handled; above a limit of sockets none is added. A part of
 * the {@link Connection}, for an object of its own would be 24 bytes more for each client that does nothing.
 *
 * <p><b>Threading.</b> Guarded by itself.
 */
abstract class Backlog {

    private int events;
    private long bytes;
    private boolean full;
    private int sockets;

    /** The limits. */
    abstract SocketIoOptions options();

    /** Counts a socket that is about to join; false when there are too many. */
    final synchronized boolean addSocket() {
        if (sockets >= options().maxNamespaces()) {
            return false;
        }
        sockets++;
        return true;
    }

    /** Whether no event waits for its handlers, nor is with them. */
    final synchronized boolean isIdle() {
        return events == 0;
    }

    /** The last handler of a socket has run. */
    final synchronized void removeSocket() {
        sockets--;
    }

    /** Returns whether reading has to stop. */
    final synchronized boolean addEvent(int size) {
        events++;
        bytes += size;
        if (full
                || (events <= options().maxWaitingEvents() && bytes <= options().maxWaitingBytes())) {
            return false;
        }
        full = true;
        return true;
    }

    /** Returns whether reading may go on. */
    final synchronized boolean removeEvent(int size) {
        events--;
        bytes -= size;
        if (!full
                || events > options().maxWaitingEvents() / 2
                || bytes > options().maxWaitingBytes() / 2) {
            return false;
        }
        full = false;
        return true;
    }
}

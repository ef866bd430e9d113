package io.parley.socketio.server;

/**
 * What of one connection waits for its handlers: events, and sockets whose handlers have not all run. Above a limit of
 * events the connection is not read from until half of it is handled; above a limit of sockets none is added.
 *
 * <p><b>Threading.</b> Guarded by itself.
 */
final class Backlog {

    private final SocketIoOptions options;
    private int events;
    private long bytes;
    private boolean full;
    private int sockets;

    Backlog(SocketIoOptions options) {
        this.options = options;
    }

    /** Counts a socket that is about to join; false when there are too many. */
    synchronized boolean addSocket() {
        if (sockets >= options.maxNamespaces()) {
            return false;
        }
        sockets++;
        return true;
    }

    /** Whether no event waits for its handlers, nor is with them. */
    synchronized boolean isIdle() {
        return events == 0;
    }

    /** The last handler of a socket has run. */
    synchronized void removeSocket() {
        sockets--;
    }

    /** Returns whether reading has to stop. */
    synchronized boolean add(int size) {
        events++;
        bytes += size;
        if (full || (events <= options.maxWaitingEvents() && bytes <= options.maxWaitingBytes())) {
            return false;
        }
        full = true;
        return true;
    }

    /** Returns whether reading may go on. */
    synchronized boolean remove(int size) {
        events--;
        bytes -= size;
        if (!full || events > options.maxWaitingEvents() / 2 || bytes > options.maxWaitingBytes() / 2) {
            return false;
        }
        full = false;
        return true;
    }
}

package io.parley.socketio.server;

/**
 * What of one connection waits for its handlers. Above a limit the connection is not read from until half of it is
 * handled.
 *
 * <p><b>Threading.</b> Guarded by itself.
 */
final class Backlog {

    private final SocketIoOptions options;
    private int events;
    private long bytes;
    private boolean full;

    Backlog(SocketIoOptions options) {
        this.options = options;
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

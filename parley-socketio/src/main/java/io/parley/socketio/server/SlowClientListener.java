package io.parley.socketio.server;

/** Hears of clients for which events were dropped, or which were disconnected, because they were too slow. */
@FunctionalInterface
public interface SlowClientListener {

    /**
     * Called on a handler thread, in the order of the socket's other handlers. Of the events that are dropped until the
     * client has caught up, only the first is told; the rest is counted ({@link Namespace#slowClientCount}). Volatile
     * events are counted only.
     *
     * @throws Exception logged and given to {@link SocketIoServer#onError}
     */
    void onSlowClient(Socket socket, SlowClientAction action) throws Exception;
}

package io.parley.socketio.server;

/** Hears that a slow client has caught up. */
@FunctionalInterface
public interface DrainHandler {

    /**
     * Called on a handler thread, in the order of the socket's other handlers.
     *
     * @throws Exception logged and given to {@link SocketIoServer#onError}
     */
    void handle() throws Exception;
}

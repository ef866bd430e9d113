package io.parley.socketio.server;

import io.parley.socketio.DisconnectReason;

/** Hears of the end of a socket, and what exactly ended it. */
@FunctionalInterface
public interface DetailedDisconnectHandler {

    /**
     * Called once, on a handler thread, after everything that arrived before.
     *
     * @throws Exception logged and given to {@link SocketIoServer#onError}
     */
    void handle(DisconnectReason reason, DisconnectDetails details) throws Exception;
}

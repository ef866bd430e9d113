package io.parley.socketio.server;

import io.parley.socketio.DisconnectReason;

/** Hears of the end of a socket. */
@FunctionalInterface
public interface DisconnectHandler {

    /**
     * Called once, on a handler thread, after everything that arrived before.
     *
     * @throws Exception logged and given to {@link SocketIoServer#onError}
     */
    void handle(DisconnectReason reason) throws Exception;
}

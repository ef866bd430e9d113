package io.parley.socketio.server;

import io.parley.socketio.Arguments;

/** Hears of every event, whatever its name. */
@FunctionalInterface
public interface AnyEventListener {

    /**
     * Hears of one event; see {@link EventHandler} for threads and order.
     *
     * @throws Exception logged and given to {@link SocketIoServer#onError}
     */
    void onEvent(String event, Arguments args) throws Exception;
}

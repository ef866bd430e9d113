package io.parley.socketio.server;

import io.parley.socketio.Ack;
import io.parley.socketio.Arguments;

/** Receives events of one name. */
@FunctionalInterface
public interface EventHandler {

    /**
     * Handles one event.
     *
     * <p>Called on a handler thread, so it may block; the next event of this socket waits until it returns.
     *
     * @param args the arguments
     * @param ack answers the event, now or later; ignored when the client asked for no answer
     * @throws Exception logged and given to {@link SocketIoServer#onError}; no answer is sent for it
     */
    void handle(Arguments args, Ack ack) throws Exception;
}

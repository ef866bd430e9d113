package io.parley.socketio.server;

/** Stands before the handlers of one socket. */
@FunctionalInterface
public interface EventMiddleware {

    /**
     * Returns to let the event pass, throws to drop it. May change the event.
     *
     * <p>Called on a handler thread, so it may block.
     *
     * @throws Exception drops the event; handed to {@link Socket#onError}
     */
    void handle(IncomingEvent event) throws Exception;
}

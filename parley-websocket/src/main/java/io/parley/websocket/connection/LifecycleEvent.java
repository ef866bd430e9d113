package io.parley.websocket.connection;

/** What the owner of channels tells their handlers, as a user event of the pipeline. */
public enum LifecycleEvent {

    /**
     * The owner closes: answer what is under way, begin nothing new, then close the connection. A WebSocket starts its
     * closing handshake with 1001. Who has not closed after the close timeout is cut.
     */
    CLOSING
}

package io.parley.websocket.server;

/** What the server tells the handlers of its channels, as a user event of the pipeline. */
enum ServerEvent {

    /**
     * The server closes: answer what is under way, begin nothing new, then close the connection. A WebSocket starts
     * its closing handshake with 1001. Who has not closed after the close timeout is cut.
     */
    CLOSING
}

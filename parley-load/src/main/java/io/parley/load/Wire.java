package io.parley.load;

/** What clients speak. */
public enum Wire {
    /** Messages of a WebSocket (RFC 6455), and nothing above. */
    WEBSOCKET(false),
    /** Socket.IO 5 over Engine.IO 4, over a WebSocket from the beginning. */
    SOCKETIO_WEBSOCKET(true),
    /** Socket.IO 5 over Engine.IO 4, over HTTP long-polling to the end. */
    SOCKETIO_POLLING(true),
    /** Socket.IO 5 over Engine.IO 4, over polling first and then over a WebSocket: what the official client does. */
    SOCKETIO_UPGRADE(true);

    private final boolean socketIo;

    Wire(boolean socketIo) {
        this.socketIo = socketIo;
    }

    /** Whether it is Socket.IO. */
    public boolean isSocketIo() {
        return socketIo;
    }

    /** Whether a client begins with polling. */
    boolean polls() {
        return this == SOCKETIO_POLLING || this == SOCKETIO_UPGRADE;
    }
}

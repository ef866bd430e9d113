package io.parley.socketio.server;

/** Receives the sockets that join a namespace. */
@FunctionalInterface
public interface ConnectionHandler {

    /**
     * Sets up a socket, above all its event handlers: no event is handled before this returns.
     *
     * <p>Called on a handler thread, so it may block.
     *
     * @throws Exception logged and given to {@link SocketIoServer#onError}; the socket stays connected
     */
    void handle(Socket socket) throws Exception;
}

package io.parley.socketio.server;

/** Decides whether a client may join a namespace. */
@FunctionalInterface
public interface ConnectionMiddleware {

    /**
     * Returns to accept the client, throws to refuse it.
     *
     * <p>Called on a handler thread, so it may block. The socket is not connected yet: rooms it joins count from its
     * connection on, and what is emitted to it here arrives before the client's {@code connect}.
     *
     * @throws io.parley.socketio.ConnectionRefused to refuse: the client sees message and data as {@code connect_error}
     * @throws Exception anything else refuses as well, with the message {@code internal server error}; it is logged and
     *     given to {@link SocketIoServer#onError}. Only an {@link io.parley.socketio.ArgumentException}, as {@link
     *     Auth#as} throws it, is the client's mistake: {@code invalid auth}
     */
    void handle(Socket socket) throws Exception;
}

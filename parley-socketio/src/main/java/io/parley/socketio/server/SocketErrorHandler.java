package io.parley.socketio.server;

/** Hears what went wrong with what a client sent. */
@FunctionalInterface
public interface SocketErrorHandler {

    /**
     * Called on a handler thread.
     *
     * @param error what an {@link EventMiddleware} threw, an {@link io.parley.socketio.ArgumentException} when the
     *     arguments of an event do not fit, or why a packet broke the protocol, a
     *     {@link io.parley.socketio.packet.PacketException}: the connection is closed for that
     * @throws Exception logged and given to {@link SocketIoServer#onError}
     */
    void handle(Exception error) throws Exception;
}

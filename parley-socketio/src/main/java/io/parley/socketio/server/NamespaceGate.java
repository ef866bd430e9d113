package io.parley.socketio.server;

/** Says which namespaces clients may bring into being: see {@link SocketIoServer#of(NamespaceGate)}. */
@FunctionalInterface
public interface NamespaceGate {

    /**
     * Returns whether a client may join a namespace of this name, which is not there yet.
     *
     * <p>Called on a handler thread, so it may block; for several clients at the same time.
     *
     * @param name begins with a slash
     * @param auth what the client says of itself; nothing of it is checked
     * @throws io.parley.socketio.ConnectionRefused the same as returning false: the next gate is asked
     * @throws Exception anything else means false as well, and is logged. Only an
     *     {@link io.parley.socketio.ArgumentException}, as {@link Auth#as} throws it, is the client's mistake
     */
    boolean allows(String name, Auth auth) throws Exception;
}

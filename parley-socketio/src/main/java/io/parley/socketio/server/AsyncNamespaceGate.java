package io.parley.socketio.server;

import java.util.concurrent.CompletionStage;

/** A {@link NamespaceGate} that answers later: see {@link SocketIoServer#ofAsync}. */
@FunctionalInterface
public interface AsyncNamespaceGate {

    /**
     * Says later whether a client may join a namespace of this name, which is not there yet.
     *
     * @return a failure means false; one that is neither {@link io.parley.socketio.ConnectionRefused} nor
     *     {@link io.parley.socketio.ArgumentException} is logged. A client that has joined nothing until
     *     {@link SocketIoOptions#connectTimeout} is disconnected
     * @throws Exception the same as a failure
     * @see NamespaceGate#allows
     */
    CompletionStage<Boolean> allows(String name, Auth auth) throws Exception;
}

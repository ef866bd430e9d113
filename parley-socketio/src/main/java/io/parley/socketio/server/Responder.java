package io.parley.socketio.server;

import org.jspecify.annotations.Nullable;

/**
 * Answers events of one name.
 *
 * @param <T> what the event carries
 * @param <R> the answer
 */
@FunctionalInterface
public interface Responder<T extends @Nullable Object, R extends @Nullable Object> {

    /**
     * Handles one event; see {@link EventHandler} for threads and order.
     *
     * @return what the client receives as the acknowledgement, if it asked for one
     * @throws Exception logged and given to {@link SocketIoServer#onError}. Socket.IO knows no acknowledgement that
     *     says "failed", so none is sent: the client's timeout tells it
     */
    R respond(T value) throws Exception;
}

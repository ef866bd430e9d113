package io.parley.socketio.server;

import org.jspecify.annotations.Nullable;

/**
 * Receives events of one name by their first argument.
 *
 * @param <T> what that argument is
 */
@FunctionalInterface
public interface ValueHandler<T extends @Nullable Object> {

    /**
     * Handles one event; see {@link EventHandler} for threads and order.
     *
     * @throws Exception logged and given to {@link SocketIoServer#onError}
     */
    void handle(T value) throws Exception;
}

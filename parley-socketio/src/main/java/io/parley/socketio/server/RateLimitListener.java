package io.parley.socketio.server;

/** Hears of clients that send more than they may. */
@FunctionalInterface
public interface RateLimitListener {

    /**
     * Called on a handler thread, in the order of the socket's other handlers; once until the client has kept quiet for
     * long enough that it may send a whole burst again. Each event above the limit is counted, see
     * {@link Namespace#rateLimitedCount}.
     *
     * @throws Exception logged and given to {@link SocketIoServer#onError}
     */
    void onRateLimited(Socket socket, RateLimitCause cause) throws Exception;
}

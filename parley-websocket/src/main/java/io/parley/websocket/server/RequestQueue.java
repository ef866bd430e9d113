package io.parley.websocket.server;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a connection that were handed out and whose answers are not written, in order of arrival.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop.
 */
final class RequestQueue {

    private final ArrayDeque<ServerExchange> exchanges = new ArrayDeque<>(2);
    private final int limit;

    RequestQueue(int limit) {
        this.limit = limit;
    }

    /** Whether one more may be handed out now: nothing overtakes a request that may change something. */
    boolean takesMore() {
        ServerExchange last = exchanges.peekLast();
        return last == null || (last.head().isSafe() && exchanges.size() < limit);
    }

    void add(ServerExchange exchange) {
        exchanges.add(exchange);
    }

    /** The one whose answer is due; null when there is none. */
    @Nullable
    ServerExchange next() {
        return exchanges.peek();
    }

    boolean isEmpty() {
        return exchanges.isEmpty();
    }

    boolean contains(ServerExchange exchange) {
        return exchanges.contains(exchange);
    }

    void remove(ServerExchange exchange) {
        exchanges.remove(exchange);
    }

    /** Nothing will be answered any more. */
    void abort() {
        for (ServerExchange next = exchanges.poll(); next != null; next = exchanges.poll()) {
            next.abort();
        }
    }
}

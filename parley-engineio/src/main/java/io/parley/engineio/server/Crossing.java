package io.parley.engineio.server;

import io.parley.websocket.EventLoop;
import io.parley.websocket.PreparedMessage;
import io.parley.websocket.WebSocketConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The way from one loop's sessions to their WebSockets on another loop. What is sent while the loop works through one
 * batch goes over together, so that a broadcast costs one task for all recipients there and not one for each.
 *
 * <p><b>Threading.</b> Confined to the sessions' home. The order is kept: everything for a WebSocket goes this way.
 */
final class Crossing {

    /** So many do not wait for the end of the batch. */
    private static final int FULL = 4_096;

    private final EventLoop home;
    private final EventLoop away;
    private List<Item> boarding = new ArrayList<>();

    Crossing(EventLoop home, EventLoop away) {
        this.home = home;
        this.away = away;
    }

    void send(WebSocketConnection connection, PreparedMessage message) {
        board(new Item(connection, message));
    }

    /** Closes the connection after what was sent. */
    void close(WebSocketConnection connection) {
        board(new Item(connection, null));
    }

    private void board(Item item) {
        if (boarding.isEmpty()) {
            home.execute(this::depart);
        }
        boarding.add(item);
        if (boarding.size() >= FULL) {
            depart();
        }
    }

    private void depart() {
        if (boarding.isEmpty()) {
            return; // it was full before the end of the batch
        }
        List<Item> crossing = boarding;
        boarding = new ArrayList<>();
        try {
            away.execute(() -> crossing.forEach(Item::arrive));
        } catch (RejectedExecutionException expected) { // the other loop has ended, and its connections with it
            crossing.clear();
        }
    }

    /**
     * One thing to do over there.
     *
     * @param message null to close
     */
    private record Item(
            WebSocketConnection connection, @Nullable PreparedMessage message) {

        void arrive() {
            if (message == null) {
                connection.close();
            } else {
                connection.send(message);
            }
        }
    }
}

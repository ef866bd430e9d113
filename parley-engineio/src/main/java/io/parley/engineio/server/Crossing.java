package io.parley.engineio.server;

import io.parley.websocket.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * The way from one loop's sessions to their connections on another loop. What is sent while the loop works through one
 * batch goes over together, so that a broadcast costs one task for all recipients there and not one for each.
 *
 * <p><b>Threading.</b> Confined to the sessions' home. The order is kept: everything for a connection goes this way.
 */
final class Crossing {

    /** So many do not wait for the end of the batch. */
    private static final int FULL = 4_096;

    private final EventLoop home;
    private final EventLoop away;
    private List<Passenger> boarding = new ArrayList<>();

    Crossing(EventLoop home, EventLoop away) {
        this.home = home;
        this.away = away;
    }

    /** Has {@code item} run over there, after what was given before. */
    void run(Passenger item) {
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
        List<Passenger> crossing = boarding;
        boarding = new ArrayList<>();
        try {
            away.execute(() -> crossing.forEach(Passenger::arrive));
        } catch (RejectedExecutionException expected) { // the other loop has ended, and its connections with it
            crossing.forEach(Passenger::strand);
        }
    }

    /** What goes over. */
    @FunctionalInterface
    interface Passenger {

        /** It is over there. */
        void arrive();

        /** It will never be: the other loop has ended. */
        default void strand() {}
    }
}

package io.parley.socketio.server;

import io.parley.websocket.EventLoop;
import io.parley.websocket.EventLoop.Timeout;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties a server: its connections are closed one after the other, in even steps.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class Drain {

    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    private final SocketIoServer server;
    private final DrainOptions options;
    private final long start = System.nanoTime();
    private final CompletableFuture<DrainReport> done = new CompletableFuture<>();
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicInteger moved = new AtomicInteger();
    private final AtomicBoolean deadlineSet = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private int clients; // written before any connection hears of it
    private volatile @Nullable Timeout deadline; // null until a loop has it

    Drain(SocketIoServer server, DrainOptions options) {
        this.server = server;
        this.options = options;
    }

    CompletableFuture<DrainReport> done() {
        return done;
    }

    void begin() {
        server.engine().stopAccepting(this::timeLeft);
        clients = server.engine().clientsCount();
        tellClients();
        if (clients == 0) {
            finish();
        } else {
            server.engine().forEachListener(listener -> onTurnGiven((Connection) listener));
        }
    }

    private void tellClients() {
        Consumer<Broadcaster> notification = options.notification();
        if (notification != null) {
            server.namespaces().all().forEach(namespace -> tell(notification, namespace));
        }
    }

    /** What cannot be sent must not keep the server from closing. */
    private static void tell(Consumer<Broadcaster> notification, Namespace namespace) {
        try {
            notification.accept(namespace.local());
        } catch (RuntimeException | Error thrown) {
            log.error("The event that announces a drain could not be sent", thrown);
        }
    }

    /** On the connection's loop: it learns when its turn is. */
    private void onTurnGiven(Connection connection) {
        int turn = Math.min(turns.incrementAndGet(), clients);
        EventLoop loop = connection.loop();
        if (deadlineSet.compareAndSet(false, true)) {
            deadline = loop.schedule(this::finish, options.deadline());
        }
        Duration delay =
                options.notice().plus(options.spread().multipliedBy(turn).dividedBy(clients));
        var unused = loop.schedule(connection::onTurn, delay);
    }

    /**
     * A connection has ended.
     *
     * @param inTurn whether it was closed in its turn
     */
    void onEnd(boolean inTurn) {
        if (inTurn) {
            moved.incrementAndGet();
        }
        if (server.engine().clientsCount() == 0) {
            finish();
        }
    }

    /** Everybody is gone, or the time is over. */
    private void finish() {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        Timeout timer = deadline;
        if (timer != null) {
            timer.cancel();
        }
        int forced = server.engine().clientsCount();
        int inTurn = moved.get();
        server.runHandler(() -> close(inTurn, forced));
    }

    private void close(int inTurn, int forced) {
        try {
            server.shutDown(timeLeft());
            done.complete(new DrainReport(clients, inTurn, Math.max(0, clients - inTurn - forced), forced, took()));
        } catch (RuntimeException | Error thrown) {
            done.completeExceptionally(thrown);
        }
    }

    private Duration timeLeft() {
        Duration left = options.deadline().minus(took());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}

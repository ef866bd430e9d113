package io.parley.socketio.server;

import io.parley.websocket.testing.ManualEventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A server in memory: its handlers run on the event loop, and the event loop when the test says so. */
final class TestServer {

    final ManualEventLoop loop = new ManualEventLoop();
    final ManualEventLoop otherLoop = new ManualEventLoop();
    final SocketIoServer io;

    /** The sockets that connected to any namespace that {@link #open} named, in order. */
    final List<Socket> sockets = new ArrayList<>();

    TestServer() {
        this(options -> options);
    }

    TestServer(UnaryOperator<SocketIoOptions.Builder> change) {
        SocketIoOptions.Builder options = SocketIoOptions.builder()
                .handlerExecutor(Runnable::run)
                .closeTimeout(Duration.ZERO)
                .clock(() -> Instant.EPOCH.plusNanos(loop.nanoTime()))
                .engine(engine -> engine.pingInterval(Duration.ofDays(1)));
        io = SocketIoServer.create(change.apply(options).build());
        open("/");
    }

    Namespace open(String namespace) {
        return io.of(namespace).onConnection(sockets::add);
    }

    /** A client over WebSocket that has joined nothing. */
    TestClient client() {
        return TestClient.open(this, loop);
    }

    /** A client on another event loop. */
    TestClient clientElsewhere() {
        return TestClient.open(this, otherLoop);
    }

    /** A client of Socket.IO 2, which has joined the main namespace if it was let in. */
    TestClient oldClient() {
        return TestClient.open(this, loop, 3);
    }

    /** A client in the main namespace. */
    TestClient connected() {
        return client().join("/");
    }

    /** The socket that connected last. */
    Socket last() {
        return sockets.get(sockets.size() - 1);
    }

    void run() {
        for (int i = 0; i < 4; i++) { // what one loop gives to the other
            loop.runTasks();
            otherLoop.runTasks();
        }
    }

    void advance(Duration by) {
        run();
        loop.advance(by);
        otherLoop.advance(by);
        run();
    }
}

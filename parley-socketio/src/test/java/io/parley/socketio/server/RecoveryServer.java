package io.parley.socketio.server;

import io.parley.socketio.adapter.ConnectionStateRecovery;
import io.parley.websocket.testing.ManualEventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** A server in memory with connection state recovery, in a time that the test turns. */
final class RecoveryServer {

    private final AtomicLong millis = new AtomicLong(1_600_000_000_000L - 1);
    private final InstantSource clock = () -> Instant.ofEpochMilli(millis.get());
    private final TestServer server;
    final SocketIoServer io;
    final ManualEventLoop loop;

    RecoveryServer() {
        this(options -> options);
    }

    RecoveryServer(UnaryOperator<ConnectionStateRecovery.Builder> change) {
        this(change, options -> options);
    }

    RecoveryServer(
            UnaryOperator<ConnectionStateRecovery.Builder> change,
            UnaryOperator<SocketIoOptions.Builder> changeServer) {
        ConnectionStateRecovery recovery =
                change.apply(ConnectionStateRecovery.builder().clock(clock)).build();
        server = new TestServer(options -> changeServer.apply(options.connectionStateRecovery(recovery)));
        io = server.io;
        loop = server.loop;
    }

    /** A client that has joined the main namespace. */
    RecoveryClient join() {
        return RecoveryClient.join(this, client(), "0");
    }

    TestClient client() {
        return server.client();
    }

    TestClient clientElsewhere() {
        return server.clientElsewhere();
    }

    Namespace open(String namespace) {
        return server.open(namespace);
    }

    List<Socket> sockets() {
        return server.sockets;
    }

    Socket last() {
        return server.last();
    }

    void run() {
        server.run();
    }

    void advance(Duration by) {
        millis.addAndGet(by.toMillis());
        server.advance(by);
    }
}

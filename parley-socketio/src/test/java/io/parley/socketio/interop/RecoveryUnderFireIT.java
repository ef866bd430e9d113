package io.parley.socketio.interop;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.adapter.ConnectionStateRecovery;
import io.parley.socketio.adapter.RecoveryFigures;
import io.parley.socketio.adapter.RecoveryStore;
import io.parley.socketio.server.SocketIoOptions;
import io.parley.socketio.server.SocketIoServer;
import io.parley.testkit.Deadline;
import io.parley.testkit.FaultProxy;
import io.parley.testkit.NodePeer;
import io.parley.websocket.server.HttpServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Official clients whose connections are cut again and again while events of four threads flow: all are accounted for. A
 * failure tells the seed, the server's figures, and the story of each client that has a gap.
 */
class RecoveryUnderFireIT {

    private static final int CLIENTS = 18;
    private static final int ROUNDS = 20;
    private static final int EVENTS = 40; // of each stream in a round

    // The official client that loses the WebSocket while it upgrades to it does not poll again, and looks connected.
    // Only
    // the heartbeat ends that; with the official times it takes longer than a test waits.
    private static final Duration PING = Duration.ofSeconds(2);

    @RegisterExtension
    final TestExecutionExceptionHandler explaining = (context, failure) -> {
        throw new AssertionError(account(), failure);
    };

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Set<String> ids = ConcurrentHashMap.newKeySet(); // of all sockets that there were
    private final List<FaultProxy> proxies = new ArrayList<>();
    private final NodePeer clients = NodePeer.start(Path.of("src/test/node/recovery-fire.cjs"));
    private HttpServer http;
    private volatile SocketIoServer io;
    private int sent; // of each stream

    @AfterEach
    void stop() {
        clients.call("leave");
        clients.close();
        proxies.forEach(FaultProxy::close);
        http.close();
    }

    @Test
    void givenClientsThatAreCut_whenTheyAreBackInTime_thenNothingIsMissingDoubledOrOutOfOrder() {
        begin(ConnectionStateRecovery.defaults());

        IntStream.range(0, ROUNDS).forEach(round -> fire());

        assertThat(recovered()).isGreaterThan(ROUNDS);
        RecoveryFigures figures = io.recoveryFigures();
        assertThat(figures.replayed()).isPositive();
        assertThat(figures.expired() + figures.overflowed() + figures.incomplete())
                .isZero();
        assertThat(fresh())
                .as("sessions without a reason to be new")
                .isLessThanOrEqualTo(CLIENTS + figures.interrupted() + figures.unknown());
    }

    @Test
    void givenClientsThatMissTooMuch_whenTheyAreBack_thenTheyAreToldAndNothingIsDoubled() {
        begin(ConnectionStateRecovery.builder().maxHeldPackets(EVENTS).build());

        IntStream.range(0, ROUNDS).forEach(round -> fire());

        assertThat(recovered()).isNotNegative();
        assertThat(io.recoveryFigures().overflowed()).isPositive();
    }

    @Test
    void givenARestart_whenTheSessionsAreGone_thenEveryClientIsTold() {
        begin(ConnectionStateRecovery.defaults());
        fire();
        long before = recovered();

        restart(ConnectionStateRecovery.defaults());

        assertThat(recovered()).isEqualTo(before);
        assertThat(fresh()).isGreaterThanOrEqualTo(2 * CLIENTS);
    }

    @Test
    void givenARestart_whenTheNextServerHasTheStore_thenTheSessionsGoOn() {
        ConnectionStateRecovery recovery =
                ConnectionStateRecovery.builder().store(new RecoveryStore()).build();
        begin(recovery);
        fire();
        long before = recovered();

        restart(recovery);

        assertThat(recovered() - before).isPositive();
    }

    private void begin(ConnectionStateRecovery recovery) {
        listen(0, recovery);
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            FaultProxy proxy = FaultProxy.of(http.port());
            proxies.add(proxy);
            ports.add(proxy.port());
        }
        clients.call("gather", ports, CLIENTS);
        awaitAll();
    }

    private void listen(int port, ConnectionStateRecovery recovery) {
        http = HttpServer.builder().host("127.0.0.1").port(port).build();
        io = SocketIoServer.attach(
                http,
                SocketIoOptions.builder()
                        .connectionStateRecovery(recovery)
                        .engine(engine -> engine.pingInterval(PING).pingTimeout(PING))
                        .build());
        io.onConnection(socket -> {
            if (!socket.recovered()) {
                ids.add(socket.id());
                socket.join("room");
            }
            socket.on("here", (args, ack) -> ack.send());
        });
        http.start();
    }

    /** Events flow, connections are cut in the midst of them, and all clients come back. */
    private void fire() {
        CompletableFuture<?> flow = startFlow();
        FaultProxy proxy = proxies.get(random.nextInt(proxies.size()));
        proxy.refuse(random.nextBoolean());
        if (random.nextBoolean()) {
            proxy.cut();
        } else {
            proxy.reset();
        }
        Deadline.get(flow);
        proxy.heal();
        awaitAll();
    }

    private void restart(ConnectionStateRecovery recovery) {
        CompletableFuture<?> flow = startFlow();
        var drained = io.drain(Duration.ofMillis(200));
        Deadline.get(flow);
        Deadline.get(drained);
        int port = http.port();
        http.close();
        listen(port, recovery);
        awaitAll();
        Deadline.get(startFlow());
    }

    /** Four threads, a stream each; they share the log. */
    private CompletableFuture<?> startFlow() {
        SocketIoServer server = io;
        int from = sent;
        sent += EVENTS;
        return CompletableFuture.allOf(
                flow(from, seq -> server.emit("all", seq)),
                flow(from, seq -> server.emit("also", seq)),
                flow(from, seq -> server.to("room").emit("room", seq)),
                flow(from, seq -> ids.forEach(id -> server.to(id).emit("direct", seq))));
    }

    private static CompletableFuture<Void> flow(int from, IntConsumer emit) {
        return CompletableFuture.runAsync(
                () -> IntStream.range(from, from + EVENTS).forEach(emit), task -> new Thread(task).start());
    }

    private void awaitAll() {
        Deadline.await("all clients connected", () -> number(clients.call("connected")) == CLIENTS);
    }

    /** How many came back to their session, when all have heard the last events and no account is wrong. */
    private long recovered() {
        settle();
        assertThat(audit().get("problems")).isEqualTo(List.of());
        return number(audit().get("recovered"));
    }

    private long fresh() {
        return number(audit().get("fresh"));
    }

    /**
     * Waits until every client has a connection that works, and has heard the last of each stream on it. One that begins
     * anew after those were sent has no claim to them; then more are sent.
     */
    private void settle() {
        long before;
        do {
            clients.call("settle");
            before = fresh();
            long known = before;
            Deadline.get(startFlow());
            Deadline.await("the last events heard", () -> fresh() != known || behind().isEmpty());
        } while (before != fresh());
    }

    /** Those that have not heard the last events. */
    private List<?> behind() {
        return (List<?>) requireNonNull(clients.call("behind", sent - 1));
    }

    private Map<?, ?> audit() {
        return (Map<?, ?>) requireNonNull(clients.call("audit"));
    }

    private String account() {
        return "seed " + seed + ", last of each stream: " + (sent - 1) + "\n" + audit() + "\n" + io.recoveryFigures()
                + "\nsockets of the server: " + io.sockets().sockets().keySet() + "\n"
                + clients.call("stories", sent - 1);
    }

    private static long number(@Nullable Object json) {
        return ((Number) requireNonNull(json)).longValue();
    }
}

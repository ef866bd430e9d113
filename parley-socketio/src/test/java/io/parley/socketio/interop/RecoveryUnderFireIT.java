package io.parley.socketio.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.adapter.ConnectionStateRecovery;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Official clients whose connections are cut again and again while events of four threads flow: all are accounted for. */
class RecoveryUnderFireIT {

    private static final int CLIENTS = 18;
    private static final int ROUNDS = 20;
    private static final int EVENTS = 40; // of each stream in a round

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Map<Integer, String> ids = new ConcurrentHashMap<>(); // of the sockets, by the client's number
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

        assertThat(recovered()).as("seed %d", seed).isGreaterThan(ROUNDS);
        assertThat(io.recoveryFigures().replayed()).isPositive();
        assertThat(io.recoveryFigures().expired() + io.recoveryFigures().overflowed())
                .isZero();
    }

    @Test
    void givenClientsThatMissTooMuch_whenTheyAreBack_thenTheyAreToldAndNothingIsDoubled() {
        begin(ConnectionStateRecovery.builder().maxHeldPackets(EVENTS).build());

        IntStream.range(0, ROUNDS).forEach(round -> fire());

        assertThat(audit()).as("seed %d", seed).containsEntry("problems", List.of());
        assertThat(io.recoveryFigures().overflowed()).isPositive();
    }

    @Test
    void givenARestart_whenTheSessionsAreGone_thenEveryClientIsTold() {
        begin(ConnectionStateRecovery.defaults());
        fire();
        long before = recovered();

        restart(ConnectionStateRecovery.defaults());

        assertThat(recovered()).as("seed %d", seed).isEqualTo(before);
        assertThat(((Number) audit().get("fresh")).intValue()).isGreaterThanOrEqualTo(2 * CLIENTS);
    }

    @Test
    void givenARestart_whenTheNextServerHasTheStore_thenTheSessionsGoOn() {
        ConnectionStateRecovery recovery =
                ConnectionStateRecovery.builder().store(new RecoveryStore()).build();
        begin(recovery);
        fire();
        long before = recovered();

        restart(recovery);

        assertThat(recovered() - before).as("seed %d", seed).isPositive();
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
                SocketIoOptions.builder().connectionStateRecovery(recovery).build());
        io.onConnection(socket -> {
            if (!socket.recovered()) {
                int number = (Integer) socket.handshake().auth().values().get("number");
                ids.put(number, socket.id());
                socket.join("room");
            }
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
                flow(from, seq -> ids.values().forEach(id -> server.to(id).emit("direct", seq))));
    }

    private static CompletableFuture<Void> flow(int from, IntConsumer emit) {
        return CompletableFuture.runAsync(
                () -> IntStream.range(from, from + EVENTS).forEach(emit), task -> new Thread(task).start());
    }

    private void awaitAll() {
        Deadline.await("all clients connected", () -> number(clients.call("connected")) == CLIENTS);
    }

    /** How many came back to their session, when all have heard the last event and no account is wrong. */
    private long recovered() {
        Deadline.get(startFlow()); // all are connected: whoever misses one of these has a gap
        int last = sent - 1;
        Deadline.await("the last event heard", () -> number(clients.call("heard", last)) == CLIENTS);
        Map<?, ?> audit = audit();
        assertThat(audit.get("problems")).as("seed %d", seed).isEqualTo(List.of());
        return number(audit.get("recovered"));
    }

    private Map<String, Object> audit() {
        return cast(clients.call("audit"));
    }

    @SuppressWarnings("unchecked") // an object of JSON
    private static Map<String, Object> cast(Object json) {
        return (Map<String, Object>) json;
    }

    private static long number(Object json) {
        return ((Number) json).longValue();
    }
}

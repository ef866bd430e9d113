package io.parley.socketio.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.server.DrainOptions;
import io.parley.socketio.server.DrainReport;
import io.parley.socketio.server.SocketIoServer;
import io.parley.testkit.Deadline;
import io.parley.testkit.NodePeer;
import io.parley.websocket.server.HttpServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Official clients at work are moved from one server to another. */
class DrainIT {

    private static final int CLIENTS = 24;

    /** How often each piece of work was done, whichever server did it. */
    private final ConcurrentMap<String, AtomicInteger> work = new ConcurrentHashMap<>();

    @Test
    void givenClientsAtWork_whenTheirServerIsDrained_thenAllMoveAndNothingIsLostOrDoneTwice() {
        HttpServer oldHttp = HttpServer.builder().build();
        SocketIoServer old = serve(oldHttp);
        HttpServer otherHttp = HttpServer.builder().build();
        SocketIoServer other = serve(otherHttp);
        try (oldHttp;
                otherHttp;
                NodePeer clients = NodePeer.start(Path.of("src/test/node/movers.cjs"))) {
            clients.call("start", CLIENTS, oldHttp.port(), otherHttp.port());
            assertThat(old.sockets().sockets()).hasSize(CLIENTS);

            DrainReport report = Deadline.get(old.drain(DrainOptions.builder()
                    .event("moving")
                    .spread(Duration.ofSeconds(1))
                    .build()));
            Deadline.await(
                    "all at the other server", () -> other.sockets().sockets().size() == CLIENTS);
            int port = oldHttp.port();
            oldHttp.close();
            HttpServer again = HttpServer.builder().port(port).build().start();
            again.close();
            Object seen = clients.call("stop");

            assertThat(List.of(report.clients(), report.moved(), report.left(), report.forced()))
                    .containsExactly(CLIENTS, CLIENTS, 0, 0);
            assertThat((List<?>) seen).hasSize(CLIENTS).allSatisfy(this::expectAllItsWork);
            assertThat(work.values()).allSatisfy(times -> assertThat(times).hasValue(1));
        }
    }

    private SocketIoServer serve(HttpServer http) {
        SocketIoServer io = SocketIoServer.attach(http);
        io.onConnection(socket -> socket.on("work", (args, ack) -> {
            work.computeIfAbsent(args.integer(0) + "/" + args.integer(1), key -> new AtomicInteger())
                    .incrementAndGet();
            ack.send(args.integer(1));
        }));
        http.start();
        return io;
    }

    private void expectAllItsWork(Object seen) {
        Map<?, ?> mover = (Map<?, ?>) seen;
        List<?> acknowledged = (List<?>) mover.get("acknowledged");
        // A POST that crosses the close is refused, and a client that polls takes that for an error.
        List<String> reasons = List.of("transport close", "transport error");
        assertThat(mover.get("disconnects"))
                .isIn(
                        mover.get("polls").equals(true)
                                ? reasons.stream().map(List::of).toList()
                                : List.of(reasons.subList(0, 1)));
        assertThat(mover.get("told")).isEqualTo(1);
        assertThat(acknowledged)
                .isEqualTo(IntStream.range(0, acknowledged.size()).boxed().toList());
    }
}

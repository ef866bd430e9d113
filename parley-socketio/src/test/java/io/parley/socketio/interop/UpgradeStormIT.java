package io.parley.socketio.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.server.Socket;
import io.parley.socketio.server.SocketIoServer;
import io.parley.testkit.Deadline;
import io.parley.testkit.NodePeer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Official clients move from polling to WebSocket while messages flow both ways: each arrives once, in order. */
class UpgradeStormIT {

    private static final int CLIENTS = 1_000;
    private static final int MESSAGES = 40;
    private static final Path SCRIPT = Path.of("src/test/node/upgrade-storm.cjs");

    @Test
    void givenMessagesBothWays_whenAThousandClientsUpgrade_thenNoneIsLostDoubledOrReordered() throws Exception {
        List<String> problems = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger broadcasts = new AtomicInteger();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (ScenarioServer server = ScenarioServer.start();
                NodePeer crowd = NodePeer.start(SCRIPT)) {
            SocketIoServer io = server.io();
            io.onConnection(socket -> talkWith(socket, problems));
            var unused = clock.scheduleWithFixedDelay(
                    () -> io.emit("everybody", broadcasts.getAndIncrement()), 0, 20, TimeUnit.MILLISECONDS);

            Object told =
                    crowd.callLater("storm", server.port(), CLIENTS, MESSAGES).get(120, TimeUnit.SECONDS);

            Map<String, Object> allIsWell =
                    Map.of("upgraded", true, "counted", MESSAGES, "direct", MESSAGES, "problems", List.of());
            assertThat(told).isEqualTo(Collections.nCopies(CLIENTS, allIsWell));
            clock.shutdown();
            assertThat(clock.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            int last = broadcasts.get() - 1;
            Deadline.await("all heard " + last, () -> crowd.call("heardEverybody", last)
                    .equals(CLIENTS));
            assertThat(crowd.call("problems")).isEqualTo(List.of());
            assertThat(problems).isEmpty();
            crowd.call("leave");
        } finally {
            clock.shutdownNow();
        }
    }

    /** Answers each numbered message with a numbered one of its own. */
    private static void talkWith(Socket socket, List<String> problems) {
        AtomicInteger next = new AtomicInteger();
        socket.on("count", (args, ack) -> {
            int expected = next.getAndIncrement();
            if (args.integer(0) != expected) {
                problems.add(args.integer(0) + " of " + socket.id() + " (expected: " + expected + ")");
            }
            socket.emit("direct", expected);
        });
        socket.on("counted", (args, ack) -> ack.send(next.get()));
    }
}

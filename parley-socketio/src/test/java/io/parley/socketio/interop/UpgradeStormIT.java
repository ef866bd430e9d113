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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Official clients move from polling to WebSocket while messages flow both ways: each arrives once, in order. */
class UpgradeStormIT {

    private static final int CLIENTS = 1_000;
    private static final int MESSAGES = 40;
    private static final int MESSAGES_A_BROADCAST = 200;
    private static final Path SCRIPT = Path.of("src/test/node/upgrade-storm.cjs");

    @Test
    void givenMessagesBothWays_whenAThousandClientsUpgrade_thenNoneIsLostDoubledOrReordered() throws Exception {
        List<String> problems = Collections.synchronizedList(new ArrayList<>());
        try (ScenarioServer server = ScenarioServer.start();
                NodePeer crowd = NodePeer.start(SCRIPT)) {
            SocketIoServer io = server.io();
            Broadcasts broadcasts = new Broadcasts(io);
            io.onConnection(socket -> talkWith(socket, broadcasts, problems));

            Object told =
                    crowd.callLater("storm", server.port(), CLIENTS, MESSAGES).get(120, TimeUnit.SECONDS);

            Map<String, Object> allIsWell =
                    Map.of("upgraded", true, "counted", MESSAGES, "direct", MESSAGES, "problems", List.of());
            assertThat(told).isEqualTo(Collections.nCopies(CLIENTS, allIsWell));
            int last = CLIENTS * MESSAGES / MESSAGES_A_BROADCAST - 1;
            Deadline.await("all heard " + last, () -> crowd.call("heardEverybody", last)
                    .equals(CLIENTS));
            assertThat(crowd.call("problems")).isEqualTo(List.of());
            assertThat(problems).isEmpty();
            crowd.call("leave");
        }
    }

    /** Answers each numbered message with a numbered one of its own. */
    private static void talkWith(Socket socket, Broadcasts broadcasts, List<String> problems) {
        AtomicInteger next = new AtomicInteger();
        socket.on("count", (args, ack) -> {
            int expected = next.getAndIncrement();
            if (args.integer(0) != expected) {
                problems.add(args.integer(0) + " of " + socket.id() + " (expected: " + expected + ")");
            }
            socket.emit("direct", expected);
            broadcasts.count();
        });
        socket.on("counted", (args, ack) -> ack.send(next.get()));
    }

    /** Numbered messages to everybody, as many as those who talk can take: one for each two hundred of theirs. */
    private static final class Broadcasts {

        private final SocketIoServer io;
        private int counted;
        private int next;

        Broadcasts(SocketIoServer io) {
            this.io = io;
        }

        /** Counts and sends in one go, so that the numbers leave in their order. */
        synchronized void count() {
            if (++counted % MESSAGES_A_BROADCAST == 0) {
                io.emit("everybody", next++);
            }
        }
    }
}

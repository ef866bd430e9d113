package io.parley.socketio.interop;

import io.parley.socketio.server.SocketIoServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BlockingHandlerIT {

    private static final int BLOCKED = 30;

    @Test
    void givenHandlersThatBlock_whenOthersTalk_thenTheyDoNotWait() {
        CountDownLatch entered = new CountDownLatch(BLOCKED);
        CountDownLatch release = new CountDownLatch(1);
        try (ScenarioServer server = ScenarioServer.start()) {
            blockOn(server.io(), entered, release);
            List<Visitor> blocked = new ArrayList<>();
            for (int i = 0; i < BLOCKED; i++) {
                Visitor visitor = Visitor.connect(server.port());
                visitor.send("42[\"block\"]");
                visitor.send("42[\"echo\",\"later\"]");
                blocked.add(visitor);
            }
            await(entered);

            try (Visitor other = Visitor.connect(server.port())) {
                other.expectEcho("at once");
            }

            release.countDown();
            for (Visitor visitor : blocked) {
                visitor.readPacket("42[\"released\"]");
                visitor.readPacket("42[\"echo\",\"later\"]");
                visitor.close();
            }
        }
    }

    private static void blockOn(SocketIoServer io, CountDownLatch entered, CountDownLatch release) {
        io.onConnection(socket -> socket.on("block", (args, ack) -> {
            entered.countDown();
            await(release);
            socket.emit("released");
        }));
    }

    private static void await(CountDownLatch latch) {
        io.parley.testkit.Deadline.await("the latch", () -> latch.getCount() == 0);
    }
}

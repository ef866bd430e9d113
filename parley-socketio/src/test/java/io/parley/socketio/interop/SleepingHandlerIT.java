package io.parley.socketio.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.server.SocketIoOptions;
import io.parley.testkit.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A handler that sleeps for long: its own socket lives on, and a thousand others do not notice. It sleeps until they were
 * served, or for as long as {@code -Dparley.sleepSeconds=60} says.
 */
class SleepingHandlerIT {

    private static final int OTHERS = 1_000;
    private static final int HEARTBEATS = 5;
    private static final int LATER = 500;
    private static final int SECONDS = Integer.getInteger("parley.sleepSeconds", 0);

    /** Pings come often; the next one comes only when the pong to the last one was taken. */
    private static final SocketIoOptions OPTIONS = SocketIoOptions.builder()
            .engine(engine -> engine.pingInterval(Duration.ofMillis(100)))
            .build();

    private static void sleep(CountDownLatch wake) throws InterruptedException {
        if (SECONDS > 0) {
            TimeUnit.SECONDS.sleep(SECONDS);
        } else {
            Deadline.await("morning", () -> wake.getCount() == 0);
        }
    }

    @Test
    void givenAHandlerThatSleeps_whenAThousandOthersTalk_thenTheyAreServedAndTheSleeperStays() {
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch wake = new CountDownLatch(1);
        try (ScenarioServer server = ScenarioServer.start(OPTIONS)) {
            server.io()
                    .onConnection(socket -> socket.on("sleep", (args, ack) -> {
                        asleep.countDown();
                        sleep(wake);
                        socket.emit("awake");
                    }));
            List<Visitor> others = new ArrayList<>();
            Visitor sleeper = Visitor.connect(server.port());
            sleeper.send("42[\"sleep\"]");
            for (int i = 0; i < LATER; i++) {
                sleeper.send("42[\"echo\",\"" + i + "\"]");
            }
            Deadline.await("asleep", () -> asleep.getCount() == 0);

            sleeper.answerPings(HEARTBEATS);
            for (int i = 0; i < OTHERS; i++) {
                Visitor other = Visitor.connect(server.port());
                other.expectEcho("at once");
                others.add(other);
                sleeper.answerPings(0); // what has come
            }
            assertThat(server.io().sockets().sockets()).hasSize(OTHERS + 1);

            wake.countDown();
            sleeper.readPacket("42[\"awake\"]");
            for (int i = 0; i < LATER; i++) {
                sleeper.readPacket("42[\"echo\",\"" + i + "\"]");
            }
            sleeper.close();
            others.forEach(Visitor::close);
        }
    }
}

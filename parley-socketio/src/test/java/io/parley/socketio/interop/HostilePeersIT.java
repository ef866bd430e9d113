package io.parley.socketio.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.server.SocketIoOptions;
import io.parley.testkit.Deadline;
import io.parley.testkit.LiveObjects;
import io.parley.testkit.NodePeer;
import io.parley.websocket.server.HttpServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Crowds of hostile peers: each is got rid of, what it cost comes back, and a client that behaves is served all the
 * while. How long that one waits is logged, not asserted: it is a figure of the machine as well.
 */
class HostilePeersIT {

    private static final Logger log = LoggerFactory.getLogger(HostilePeersIT.class);

    private static final int HANDSHAKES = 10_000;
    private static final int FLOODERS = 20;
    private static final int EVENTS = 10_000;
    private static final int SLOW_WRITERS = 200;

    /** Less than 400 bytes of heap for each handshake: any object of a connection that stayed would be more. */
    private static final long TOLERANCE = 4_000_000;

    /** What everybody has who does not go on. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** What a client has to answer a ping: long enough for who behaves, on a busy machine too. */
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(2);

    private static final AtomicInteger flooded = new AtomicInteger();
    private static final AtomicInteger floodsEnded = new AtomicInteger();
    private static QuietLog quiet;
    private static ScenarioServer server;
    private static NodePeer crowd;
    private static Witness witness;
    private long heapBefore;

    @BeforeAll
    static void start() {
        quiet = new QuietLog();
        server = ScenarioServer.start(
                HttpServer.builder().requestTimeout(PATIENCE).idleTimeout(PATIENCE),
                SocketIoOptions.builder()
                        .connectTimeout(PATIENCE)
                        .engine(engine -> engine.pingInterval(PATIENCE)
                                .pingTimeout(PING_TIMEOUT)
                                .closeTimeout(PATIENCE))
                        .build());
        server.io().onConnection(socket -> {
            socket.on("flood", (args, ack) -> flooded.incrementAndGet());
            socket.on("end of flood", (args, ack) -> floodsEnded.incrementAndGet());
        });
        crowd = NodePeer.start(Path.of("src/test/node/hostile.cjs"));
        witness = Witness.of(server.port());
        call("stopHalfWay", server.port(), 200); // what the first ones cost once and for all
    }

    @AfterAll
    static void stop() {
        crowd.close();
        witness.close();
        server.close();
        quiet.expectNothingAboveDebug();
        quiet.close();
        log.info("A client that behaves was answered {}", witness.waits());
    }

    @BeforeEach
    void rememberTheMemory() {
        awaitOnlyTheWitness();
        heapBefore = LiveObjects.heapBytes();
    }

    @AfterEach
    void sendTheRestAway() {
        crowd.call("leave");
    }

    @Test
    void givenTenThousandHandshakes_whenTheyStopHalfWay_thenAllAreCutAndTheirMemoryComesBack() {
        call("stopHalfWay", server.port(), HANDSHAKES);

        awaitOnlyTheWitness();
        expectMemoryBack();
    }

    @Test
    void givenPeersThatFlood_whenHandlersCannotKeepUp_thenNothingIsLostAndOthersAreServed() {
        call("flood", server.port(), FLOODERS, EVENTS);

        Deadline.await("all handled", () -> floodsEnded.get() == FLOODERS);
        assertThat(flooded.get()).isEqualTo(FLOODERS * EVENTS);
        crowd.call("leave");
        awaitOnlyTheWitness();
        expectMemoryBack();
    }

    @Test
    void givenPeersThatWriteByteByByte_whenTheyNeverEndAFrame_thenTheHeartbeatCutsThem() {
        call("writeSlowly", server.port(), SLOW_WRITERS);

        awaitOnlyTheWitness();
        expectMemoryBack();
    }

    private static void call(String method, Object... args) {
        try {
            crowd.callLater(method, args).get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(method + "; " + crowd.output(), e);
        }
    }

    /** Everybody else was cut, at both ends. */
    private static void awaitOnlyTheWitness() {
        Deadline.await("one session", () -> server.io().engine().clientsCount() == 1);
        Deadline.await("one connection", () -> server.http().figures().connectionsOpen() == 1);
        Deadline.await("no hostile peer", () -> crowd.call("stillOpen").equals(0));
        assertThat(witness.isServed()).isTrue();
    }

    private void expectMemoryBack() {
        Deadline.awaitPassing(
                () -> assertThat(LiveObjects.heapBytes() - heapBefore).isLessThan(TOLERANCE));
    }

    /** A client that asks and waits for the answer, again and again. */
    private static final class Witness {

        private static final long PAUSE_NANOS = 1_000_000;

        private final Visitor visitor;
        private final CompletableFuture<Void> run;
        private volatile boolean over;
        private final AtomicInteger served = new AtomicInteger();
        private volatile long longestNanos;

        private Witness(Visitor visitor) {
            this.visitor = visitor;
            run = CompletableFuture.runAsync(this::talk, task -> new Thread(task, "witness").start());
        }

        static Witness of(int port) {
            return new Witness(Visitor.connect(port));
        }

        private void talk() {
            while (!over) {
                long asked = System.nanoTime();
                visitor.expectEcho("still here");
                longestNanos = Math.max(longestNanos, System.nanoTime() - asked);
                served.incrementAndGet();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        /** Whether it is answered from now on, too. */
        boolean isServed() {
            int before = served.get();
            Deadline.await("served", () -> run.isDone() || served.get() > before + 1);
            return !run.isCompletedExceptionally();
        }

        String waits() {
            return served.get() + " times, after " + Duration.ofNanos(longestNanos) + " at the latest";
        }

        void close() {
            over = true;
            Deadline.get(run);
            visitor.close();
        }
    }
}

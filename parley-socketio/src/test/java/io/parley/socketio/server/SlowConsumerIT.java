package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.DisconnectReason;
import io.parley.testkit.Deadline;
import io.parley.testkit.LiveObjects;
import io.parley.websocket.server.HttpServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * One client that stops reading among two hundred that do not, while a broadcast flows. {@code
 * -Dparley.slowConsumer.others=499 -Dparley.slowConsumer.seconds=60} is the same at full size.
 */
class SlowConsumerIT {

    private static final int OTHERS = Integer.getInteger("parley.slowConsumer.others", 200);
    private static final Duration AT_LEAST = Duration.ofSeconds(Integer.getInteger("parley.slowConsumer.seconds", 0));
    private static final int WINDOW = 15; // messages that are under way: the others are never slow
    private static final int WINDOWS_AFTERWARDS = 10;
    private static final int MAX_MESSAGES = 3_000;
    private static final int MAX_TINY_EVENTS = 5_000_000;
    private static final String FILLER = "x".repeat(8_000);
    private static final int MESSAGE_BYTES = 8_050; // with all that is around it
    private static final int HIGH_WATER_MARK = 256 * 1024;
    private static final int MAX_BUFFERED_BYTES = 1024 * 1024;

    private final HttpServer http = HttpServer.builder()
            .host("127.0.0.1")
            .port(0)
            .eventLoops(2)
            .closeTimeout(Duration.ofMillis(200))
            .build();
    private final List<Reader> others = new ArrayList<>();
    private final List<RealClient> clients = new ArrayList<>();
    private SocketIoServer io;
    private Socket slowSocket;
    private int sent;
    private long peak;

    private RealClient start(SlowClientPolicy policy) {
        RealClient slow = startForOne(policy);
        for (int i = 0; i < OTHERS; i++) {
            RealClient client = RealClient.connected(http.port());
            clients.add(client);
            others.add(new Reader(client));
        }
        return slow;
    }

    private RealClient startForOne(SlowClientPolicy policy) {
        io = SocketIoServer.attach(
                http,
                SocketIoOptions.builder()
                        .slowClients(policy)
                        .engine(engine ->
                                engine.maxBufferedBytes(MAX_BUFFERED_BYTES).highWaterMark(HIGH_WATER_MARK))
                        .build());
        http.start();
        RealClient slow = RealClient.withSmallBuffer(http.port());
        clients.add(slow);
        slowSocket = io.sockets().sockets().values().iterator().next();
        return slow;
    }

    @AfterEach
    void stop() {
        clients.forEach(RealClient::close);
        http.close();
    }

    /** One that reads at once, on a thread of its own, and checks that nothing is missing. */
    private static final class Reader {

        private final CompletableFuture<Void> done;
        private volatile int last;

        Reader(RealClient client) {
            done = client.readUntil(packet -> {
                int number = numberOf(packet);
                if (number < 0) {
                    return true;
                }
                assertThat(number).isEqualTo(last + 1);
                last = number;
                return false;
            });
        }
    }

    /** The number of a tick; -1 of the last packet. */
    private static int numberOf(String packet) {
        return packet.startsWith("2[\"tick\",") ? Integer.parseInt(packet.substring(9, packet.indexOf(',', 9))) : -1;
    }

    /** Broadcasts until the slow client is noticed, and for a while afterwards. */
    private void broadcastPast(BooleanSupplier noticed) {
        int afterwards = 0;
        long end = System.nanoTime() + AT_LEAST.toNanos();
        while ((afterwards < WINDOWS_AFTERWARDS && sent < MAX_MESSAGES) || System.nanoTime() < end) {
            for (int i = 0; i < WINDOW; i++) {
                io.emit("tick", ++sent, FILLER);
                peak = Math.max(peak, slowSocket.bufferedBytes());
            }
            Deadline.await("everybody has " + sent, () -> others.stream().allMatch(reader -> reader.last >= sent));
            peak = Math.max(peak, slowSocket.bufferedBytes());
            afterwards += noticed.getAsBoolean() ? 1 : 0;
        }
        assertThat(afterwards).as("messages until it was noticed: " + sent).isGreaterThanOrEqualTo(WINDOWS_AFTERWARDS);
    }

    private void assertOthersGotEverything() {
        io.emit("end");
        others.forEach(reader -> Deadline.get(reader.done));
        assertThat(others).allSatisfy(reader -> assertThat(reader.last).isEqualTo(sent));
        assertThat(io.volatileDropped()).isZero();
    }

    @Test
    void givenTheNewestIsKept_whenOneStopsReading_thenItSkipsTicksAndTheOthersGetAll() {
        RealClient slow = start(SlowClientPolicy.builder().keepNewest("tick", 1).build());
        long heapBefore = LiveObjects.heapBytes();

        broadcastPast(() -> io.slowClientCount(SlowClientAction.CONFLATE) > 0);

        // What is above the mark waits by one message, and one more is held.
        assertThat(peak).isBetween((long) HIGH_WATER_MARK, (long) HIGH_WATER_MARK + 2 * MESSAGE_BYTES);
        assertThat(LiveObjects.heapBytes() - heapBefore).isLessThan(16 * 1024 * 1024);
        assertThat(slowSocket.isWritable()).isFalse();
        assertOthersGotEverything();
        List<Integer> seen = new ArrayList<>();
        for (int number = numberOf(slow.read()); number > 0; number = numberOf(slow.read())) {
            seen.add(number);
        }
        assertThat(seen).isSorted().doesNotHaveDuplicates().endsWith(sent);
        assertThat(seen.size() + slowSocket.droppedEvents()).isEqualTo(sent);
        assertThat(io.slowClientCount(SlowClientAction.CONFLATE)).isEqualTo(slowSocket.droppedEvents());
        assertThat(io.slowClientCount(SlowClientAction.DISCONNECT)).isZero();
    }

    @Test
    void givenNoPolicy_whenOneStopsReading_thenItIsCutForBeingTooSlowAndTheOthersGetAll() {
        start(SlowClientPolicy.disconnect());
        CompletableFuture<String> end = new CompletableFuture<>();
        slowSocket.onDisconnect((reason, details) -> end.complete(reason.text() + ": " + details.description()));

        broadcastPast(() -> io.slowClientCount(SlowClientAction.DISCONNECT) > 0);

        assertThat(Deadline.get(end))
                .isEqualTo("client too slow: more than " + MAX_BUFFERED_BYTES
                        + " bytes wait to be sent (limit: maxBufferedBytes)");
        assertThat(peak).isBetween((long) HIGH_WATER_MARK, (long) MAX_BUFFERED_BYTES);
        assertThat(io.engine().overflowCount()).isEqualTo(1);
        assertThat(io.sockets().sockets()).hasSize(OTHERS);
        assertOthersGotEverything();
    }

    @Test
    void givenManyTinyEvents_whenOneStopsReading_thenItIsCutForBeingTooSlow() {
        startForOne(SlowClientPolicy.disconnect());
        CompletableFuture<DisconnectReason> end = new CompletableFuture<>();
        slowSocket.onDisconnect((reason, details) -> end.complete(reason));

        while (!end.isDone() && sent < MAX_TINY_EVENTS) {
            io.emit("t");
            sent++;
        }

        // What a frame costs besides is most of it: the connection's own limit comes first.
        assertThat(Deadline.get(end)).isEqualTo(DisconnectReason.TOO_SLOW);
        assertThat(io.slowClientCount(SlowClientAction.DISCONNECT)).isEqualTo(1);
        assertThat(io.engine().overflowCount()).isEqualTo(1);
    }
}

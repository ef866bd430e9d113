package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.DisconnectReason;
import io.parley.testkit.Deadline;
import io.parley.websocket.server.HttpServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkTest {

    private final HttpServer http = HttpServer.builder()
            .host("127.0.0.1")
            .port(0)
            .eventLoops(2)
            .closeTimeout(Duration.ofMillis(200))
            .build();
    private final SocketIoServer io = SocketIoServer.attach(http);
    private final List<RealClient> clients = new ArrayList<>();

    @BeforeEach
    void start() {
        http.start();
    }

    @AfterEach
    void stop() {
        clients.forEach(RealClient::close);
        http.close();
    }

    private RealClient connect() {
        RealClient client = RealClient.connected(http.port());
        clients.add(client);
        return client;
    }

    @Test
    void givenManyClientsAtOnce_whenTenThousandMessagesAreBroadcast_thenNoneIsLostDoubledOrOutOfOrder() {
        int senders = 10;
        int each = 1_000;
        io.onConnection(socket -> socket.on("say", (args, ack) -> {
            io.emit("said", args.get(0), args.get(1));
            ack.send(args.get(1));
        }));
        List<Audit> audits = new ArrayList<>();
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int i = 0; i < senders; i++) {
            Audit audit = new Audit(senders, each);
            audits.add(audit);
            readers.add(connect().readUntil(audit::isLast));
        }

        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int i = 0; i < senders; i++) {
            int sender = i;
            writers.add(CompletableFuture.runAsync(
                    () -> sendAll(clients.get(sender), sender, each), task -> new Thread(task).start()));
        }

        writers.forEach(Deadline::get);
        readers.forEach(Deadline::get);
        assertThat(audits).allSatisfy(audit -> assertThat(audit.problems).isEmpty());
    }

    private static void sendAll(RealClient client, int sender, int count) {
        for (int n = 0; n < count; n++) {
            client.send("2" + n + "[\"say\"," + sender + "," + n + "]");
        }
    }

    /** What one client has received: every message of every sender, and its own acknowledgements, in order. */
    private static final class Audit {

        private static final Pattern SAID = Pattern.compile("2\\[\"said\",(\\d+),(\\d+)]");
        private static final Pattern ACK = Pattern.compile("3(\\d+)\\[(\\d+)]");

        private final int[] next;
        private final List<String> problems = new ArrayList<>();
        private int nextAck;
        private int toCome;

        Audit(int senders, int each) {
            next = new int[senders];
            toCome = senders * each + each;
        }

        boolean isLast(String packet) {
            Matcher said = SAID.matcher(packet);
            Matcher ack = ACK.matcher(packet);
            if (said.matches()) {
                check(packet, next[Integer.parseInt(said.group(1))]++, Integer.parseInt(said.group(2)));
            } else if (ack.matches()) {
                check(packet, nextAck, Integer.parseInt(ack.group(1)));
                check(packet, nextAck++, Integer.parseInt(ack.group(2)));
            } else {
                problems.add(packet);
            }
            return --toCome == 0;
        }

        private void check(String packet, int expected, int actual) {
            if (expected != actual && problems.size() < 10) {
                problems.add(packet + " (expected: " + expected + ")");
            }
        }
    }

    @Test
    void givenOneThread_whenItEmitsAndBroadcastsInTurn_thenEveryClientOnEveryLoopGetsThemInOrder() {
        int rounds = 2_000;
        List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());
        io.onConnection(socket -> {
            socket.join("room");
            sockets.add(socket);
        });
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        List<String> problems = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 8; i++) {
            AtomicInteger expected = new AtomicInteger();
            readers.add(connect().readUntil(packet -> {
                if (!packet.equals("2[\"n\"," + expected.getAndIncrement() + "]")) {
                    problems.add(packet);
                }
                return expected.get() == 4 * rounds || problems.size() > 10;
            }));
        }
        Deadline.await("8 sockets", () -> sockets.size() == 8);

        for (int i = 0; i < rounds; i++) {
            io.emit("n", 4 * i);
            io.to("room", "other").emit("n", 4 * i + 1);
            int number = 4 * i + 2;
            sockets.forEach(socket -> socket.emit("n", number));
            sockets.get(0).broadcast().emit("n", number + 1);
            sockets.get(0).emit("n", number + 1);
        }

        readers.forEach(Deadline::get);
        assertThat(problems).isEmpty();
        Set<Object> loops = new HashSet<>();
        sockets.forEach(socket -> loops.add(socket.connection().eventLoop()));
        assertThat(loops).hasSize(2);
    }

    @Test
    void givenHandlersThatBlock_whenOthersAsk_thenNobodyElseWaits() {
        CountDownLatch release = new CountDownLatch(1);
        io.onConnection(socket -> {
            socket.on("block", (args, ack) -> {
                release.await();
                ack.send("at last");
            });
            socket.on("echo", (args, ack) -> ack.send(args.get(0)));
        });
        List<RealClient> blocked = List.of(connect(), connect(), connect(), connect());
        blocked.forEach(client -> client.send("20[\"block\"]"));
        RealClient other = connect();
        RealClient another = connect();

        for (int i = 0; i < 200; i++) {
            other.send("2" + i + "[\"echo\"," + i + "]");
            another.send("2" + i + "[\"echo\"," + i + "]");
            assertThat(other.read()).isEqualTo("3" + i + "[" + i + "]");
            assertThat(another.read()).isEqualTo("3" + i + "[" + i + "]");
        }

        release.countDown();
        blocked.forEach(client -> assertThat(client.read()).isEqualTo("30[\"at last\"]"));
    }

    @Test
    void givenAHandlerThatAsksBack_whenItWaitsForTheAnswer_thenItComes() {
        io.onConnection(socket -> socket.on("start", (args, ack) -> {
            String name = socket.emitWithAck("your name?").get().string(0);
            ack.send("hello " + name);
        }));
        RealClient client = connect();

        client.send("27[\"start\"]");
        assertThat(client.read()).isEqualTo("20[\"your name?\"]");
        client.send("30[\"ann\"]");

        assertThat(client.read()).isEqualTo("37[\"hello ann\"]");
    }

    @Test
    void givenHandlersOfOneSocket_whenManyEventsCome_thenNeverTwoAtOnce() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        io.onConnection(socket -> socket.on("x", (args, ack) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            assertThat(args.size()).isZero();
            running.decrementAndGet();
            ack.send();
        }));
        RealClient client = connect();

        for (int i = 0; i < 500; i++) {
            client.send("2" + i + "[\"x\"]");
        }

        for (int i = 0; i < 500; i++) {
            assertThat(client.read()).isEqualTo("3" + i + "[]");
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void givenAClientThatGoes_whenItsConnectionEnds_thenTransportClose() {
        CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
        io.onConnection(socket -> socket.onDisconnect(reason::complete));
        RealClient client = connect();

        client.close();

        assertThat(Deadline.get(reason)).isEqualTo(DisconnectReason.TRANSPORT_CLOSE);
    }

    @Test
    void givenConnectedClients_whenTheHttpServerCloses_thenTheDisconnectHandlersHaveRun() {
        List<String> reasons = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch set = new CountDownLatch(3);
        io.onConnection(socket -> {
            socket.onDisconnect(reason -> reasons.add(reason.text()));
            set.countDown();
        });
        connect();
        connect();
        connect();
        Deadline.await("handlers", () -> set.getCount() == 0);

        http.close();

        assertThat(reasons).containsExactly("server shutting down", "server shutting down", "server shutting down");
    }
}

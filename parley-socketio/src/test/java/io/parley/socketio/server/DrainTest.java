package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.Deadline;
import io.parley.websocket.testing.InMemoryExchange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DrainTest {

    private final TestServer server = new TestServer();
    private final List<String> log = new ArrayList<>();

    private List<TestClient> connect(int count) {
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add((i % 2 == 0 ? server.client() : server.clientElsewhere()).join("/"));
        }
        return clients;
    }

    private static long closed(List<TestClient> clients) {
        return clients.stream().filter(TestClient::isClosed).count();
    }

    @Test
    void givenTwentyClients_whenDrainedOverTenSeconds_thenTwoGoEachSecond() {
        List<TestClient> clients = connect(20);
        server.sockets.forEach(
                socket -> socket.onDisconnect((reason, details) -> log.add(reason + ": " + details.description())));

        CompletableFuture<DrainReport> done = server.io.drain(Duration.ofSeconds(10));

        assertThat(closed(clients)).isZero();
        for (int second = 1; second <= 10; second++) {
            assertThat(done).isNotDone();
            server.advance(Duration.ofSeconds(1));
            assertThat(closed(clients)).isEqualTo(2L * second);
        }
        assertThat(log).hasSize(20).containsOnly("server shutting down: the server is draining");
        DrainReport report = Deadline.get(done);
        assertThat(report)
                .usingRecursiveComparison()
                .ignoringFields("took")
                .isEqualTo(new DrainReport(20, 20, 0, 0, Duration.ZERO));
        assertThat(report.took()).isPositive();
    }

    @Test
    void givenAnEventThatCannotBeSent_whenDrained_thenTheServerIsEmptiedAllTheSame() {
        List<TestClient> clients = connect(2);
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        DrainOptions options = DrainOptions.builder()
                .spread(Duration.ofSeconds(1))
                .event("bye", endless)
                .build();

        CompletableFuture<DrainReport> done = server.io.drain(options);
        server.advance(Duration.ofSeconds(1));

        assertThat(closed(clients)).isEqualTo(2);
        assertThat(Deadline.get(done).clients()).isEqualTo(2);
    }

    @Test
    void givenADrain_whenANewClientComes_thenItIsRefusedAndThoseThereGoOn() {
        TestClient there = connect(1).get(0);
        server.last().on("echo", (args, ack) -> ack.send(args.get(0)));
        assertThat(server.io.isAccepting()).isTrue();

        var unused = server.io.drain(Duration.ofDays(1));
        InMemoryExchange polling = InMemoryExchange.get(server.loop, "/socket.io/?EIO=4&transport=polling");
        server.loop.call(() -> server.io.handle(polling));

        assertThat(server.io.isAccepting()).isFalse();
        assertThat(polling.response().status()).isEqualTo(503);
        assertThat(polling.response().headers().first("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Long.parseLong(seconds)).isBetween(86_000L, 86_405L));
        assertThat(polling.responseText())
                .isEqualTo("{\"code\":3,\"message\":\"The server takes no new sessions (expected: try again,"
                        + " elsewhere)\"}");
        server.open("/late");
        there.join("/late").send("20[\"echo\",1]");
        assertThat(there.received()).containsExactly("30[1]");
    }

    @Test
    void givenAnEventAndANotice_whenDrained_thenEverySocketHearsItFirst() {
        server.open("/admin");
        TestClient client = connect(1).get(0).join("/admin");
        server.last().join("room");

        var unused = server.io.drain(DrainOptions.builder()
                .event("moving", 5)
                .notice(Duration.ofSeconds(5))
                .spread(Duration.ZERO)
                .build());

        assertThat(client.received()).containsExactlyInAnyOrder("2[\"moving\",5]", "2/admin,[\"moving\",5]");
        server.advance(Duration.ofMillis(4_900));
        assertThat(client.isClosed()).isFalse();
        server.advance(Duration.ofMillis(200));
        assertThat(client.received()).isEmpty();
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void givenAClientThatGoesByItself_whenDrained_thenItIsCountedApartAndTheEndIsNotAwaited() {
        List<TestClient> clients = connect(2);

        CompletableFuture<DrainReport> done = server.io.drain(Duration.ofSeconds(10));
        server.advance(Duration.ofSeconds(1));
        clients.get(1).lose();
        server.advance(Duration.ofSeconds(5));

        DrainReport report = Deadline.get(done);
        assertThat(List.of(report.clients(), report.moved(), report.left(), report.forced()))
                .containsExactly(2, 1, 1, 0);
    }

    @Test
    void givenNobody_whenDrained_thenItIsOverAtOnceAndTheServerIsClosed() {
        CompletableFuture<DrainReport> done = server.io.drain(Duration.ofMinutes(1));

        assertThat(Deadline.get(done).clients()).isZero();
        assertThat(server.io.drain(Duration.ZERO)).isSameAs(done);
    }

    @Test
    void givenAServerThatIsClosedMeanwhile_whenDrained_thenTheDrainIsOver() {
        connect(3);
        CompletableFuture<DrainReport> done = server.io.drain(Duration.ofMinutes(1));
        server.run();

        server.io.close();
        server.run();

        DrainReport report = Deadline.get(done);
        assertThat(List.of(report.clients(), report.moved(), report.left())).containsExactly(3, 0, 3);
    }

    @Test
    void givenAHandlerAtWork_whenItsTurnComes_thenTheConnectionWaitsForWhatItSends() {
        Deque<Runnable> handlers = new ArrayDeque<>();
        TestServer busy = new TestServer(options -> options.handlerExecutor(handlers::add));
        TestClient client = busy.client().join("/");
        runAll(handlers);
        busy.last().on("work", (args, ack) -> ack.send("done"));
        client.send("20[\"work\"]", "21[\"work\"]");

        CompletableFuture<DrainReport> done = busy.io.drain(Duration.ZERO);
        busy.advance(Duration.ofMillis(1));
        assertThat(client.isClosed()).isFalse();
        runAll(handlers);
        busy.run();

        assertThat(client.received()).containsExactly("30[\"done\"]", "31[\"done\"]");
        assertThat(client.isClosed()).isTrue();
        runAll(handlers);
        assertThat(Deadline.get(done).moved()).isEqualTo(1);
    }

    @Test
    void givenAHandlerThatDoesNotEnd_whenTheDeadlineHasPassed_thenItsClientIsCutOff() {
        Deque<Runnable> handlers = new ArrayDeque<>();
        TestServer busy = new TestServer(options -> options.handlerExecutor(handlers::add));
        TestClient client = busy.client().join("/");
        runAll(handlers);
        client.send("2[\"work\"]");

        CompletableFuture<DrainReport> done = busy.io.drain(DrainOptions.builder()
                .spread(Duration.ofMillis(10))
                .deadline(Duration.ofMillis(20))
                .build());
        busy.advance(Duration.ofMillis(15));
        assertThat(client.isClosed()).isFalse();
        busy.advance(Duration.ofMillis(10));
        handlers.removeLast().run(); // closes the server

        assertThat(client.isClosed()).isTrue();
        DrainReport report = Deadline.get(done);
        assertThat(List.of(report.clients(), report.moved(), report.left(), report.forced()))
                .containsExactly(1, 0, 0, 1);
    }

    private static void runAll(Deque<Runnable> handlers) {
        for (Runnable next = handlers.poll(); next != null; next = handlers.poll()) {
            next.run();
        }
    }

    @Test
    void givenWrongOptions_whenSet_thenTheMessageSaysWhatIsExpected() {
        DrainOptions.Builder builder = DrainOptions.builder();

        assertThatThrownBy(() -> builder.spread(Duration.ofSeconds(-1)))
                .hasMessage("spread: PT-1S (expected: zero or more)");
        assertThatThrownBy(() -> builder.event("disconnect")).hasMessage("\"disconnect\" is a reserved event name");
        assertThatThrownBy(() -> builder.notice(Duration.ofSeconds(2))
                        .deadline(Duration.ofSeconds(11))
                        .build())
                .hasMessage("deadline: PT11S (expected: PT12S or more, for notice and spread)");
        assertThat(DrainOptions.defaults().deadline()).isEqualTo(Duration.ofSeconds(15));
        assertThat(DrainOptions.defaults().toBuilder().build())
                .usingRecursiveComparison()
                .isEqualTo(DrainOptions.defaults());
    }
}

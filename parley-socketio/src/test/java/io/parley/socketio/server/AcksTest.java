package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.socketio.AckEvent;
import io.parley.socketio.AckTimeoutException;
import io.parley.socketio.ArgumentException;
import io.parley.socketio.Arguments;
import io.parley.socketio.SocketIoException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class AcksTest {

    private static final AckEvent<String, Integer> LENGTH = AckEvent.of("length", String.class, Integer.class);

    private final TestServer server = new TestServer();
    private final List<CompletableFuture<?>> pending = new ArrayList<>();

    @Test
    void givenARequest_whenTheClientAnswers_thenTheFutureCompletes() throws Exception {
        TestClient client = server.connected();

        CompletableFuture<Arguments> reply = server.last().emitWithAck("hi", 1);
        assertThat(client.received()).containsExactly("20[\"hi\",1]");
        client.send("30[\"yes\",2]");

        assertThat(reply.get().string(0)).isEqualTo("yes");
        assertThat(reply.get().integer(1)).isEqualTo(2);
    }

    @Test
    void givenABinaryAnswer_whenItComes_thenItIsBytes() throws Exception {
        TestClient client = server.connected();

        CompletableFuture<Arguments> reply = server.last().emitWithAck("file");
        client.send("61-0[{\"_placeholder\":true,\"num\":0}]").sendBinary((byte) 7);

        assertThat(reply.get().bytes(0)).containsExactly(7);
    }

    @Test
    void givenADeclaredEvent_whenAnswered_thenItIsOfItsType() throws Exception {
        TestClient client = server.connected();

        CompletableFuture<Integer> good = server.last().emitWithAck(LENGTH, "four");
        CompletableFuture<Integer> bad = server.last().emitWithAck(LENGTH, "four");
        client.send("30[4]", "31[\"four\"]");

        assertThat(good.get()).isEqualTo(4);
        assertThatThrownBy(bad::get).hasCauseInstanceOf(ArgumentException.class);
    }

    @Test
    void givenTwoSockets_whenBothAreAsked_thenOneCounterForTheNamespace() {
        server.open("/admin");
        TestClient a = server.connected().join("/admin");
        TestClient b = server.connected();

        pending.add(server.sockets.get(0).emitWithAck("x"));
        pending.add(server.sockets.get(2).emitWithAck("x"));
        pending.add(server.sockets.get(1).emitWithAck("x"));

        assertThat(a.received()).containsExactly("20[\"x\"]", "2/admin,0[\"x\"]");
        assertThat(b.received()).containsExactly("21[\"x\"]");
    }

    @Test
    void givenAnAnswerNobodyWaitsFor_whenItComes_thenIgnored() throws Exception {
        TestClient client = server.connected();
        CompletableFuture<Arguments> reply = server.last().emitWithAck("x");

        client.send("399[]", "30[1]", "30[2]");

        assertThat(client.isClosed()).isFalse();
        assertThat(reply.get().integer(0)).isEqualTo(1);
    }

    @Test
    void givenATimeout_whenNoAnswerComes_thenFailsInTime() {
        TestClient client = server.connected();
        CompletableFuture<Arguments> reply =
                server.last().timeout(Duration.ofSeconds(5)).emitWithAck("x");

        server.advance(Duration.ofMillis(4_999));
        assertThat(reply).isNotDone();
        server.advance(Duration.ofMillis(1));

        assertThatThrownBy(reply::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(AckTimeoutException.class)
                .hasMessage("operation has timed out");
        client.send("30[\"too late\"]");
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void givenATimeout_whenTheAnswerComes_thenTheTimerIsGone() {
        TestClient client = server.connected();
        int before = server.loop.pendingTimers();

        CompletableFuture<Arguments> reply =
                server.last().timeout(Duration.ofSeconds(5)).emitWithAck("x");
        client.send("30[]");

        assertThat(reply).isCompleted();
        assertThat(server.loop.pendingTimers()).isEqualTo(before);
    }

    @Test
    void givenPendingRequests_whenTheClientGoes_thenTheyFail() {
        TestClient client = server.connected();
        CompletableFuture<Arguments> endless = server.last().emitWithAck("x");
        CompletableFuture<Arguments> timed =
                server.last().timeout(Duration.ofSeconds(5)).emitWithAck("x");
        server.run();

        client.lose();
        CompletableFuture<Arguments> after = server.last().emitWithAck("x");
        server.run();

        for (CompletableFuture<Arguments> reply : List.of(endless, timed, after)) {
            assertThatThrownBy(reply::get)
                    .cause()
                    .isInstanceOf(SocketIoException.class)
                    .hasMessage("socket has been disconnected");
        }
    }

    @Test
    void givenTheLimitOfPendingAcks_whenOneMoreIsAsked_thenFailsAtOnce() {
        TestServer small = new TestServer(options -> options.maxPendingAcks(1));
        TestClient client = small.connected();
        pending.add(small.last().emitWithAck("first"));

        CompletableFuture<Arguments> reply = small.last().emitWithAck("second");
        small.run();

        assertThatThrownBy(reply::get)
                .cause()
                .hasMessage("emitWithAck(\"second\"): 1 acknowledgements are awaited"
                        + " (expected: fewer than maxPendingAcks, 1)");
        assertThat(client.received()).containsExactly("20[\"first\"]");
    }

    @Test
    void givenASlowClient_whenAVolatileRequestIsDropped_thenFailsAtOnce() {
        TestClient client = server.connected();
        client.slow(true);

        CompletableFuture<Arguments> reply = server.last().asVolatile().emitWithAck("x");
        server.run();

        assertThatThrownBy(reply::get).cause().hasMessage("event dropped: the client could not take it at once");
    }

    @Test
    void givenATimeoutBelowOneMilli_whenSet_thenThrows() {
        server.connected();

        assertThatThrownBy(() -> server.last().timeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeout: PT0S (expected: 1 ms or more)");
    }

    // --- broadcasts

    @Test
    void givenABroadcastRequest_whenAllAnswer_thenOneAnswerEach() throws Exception {
        TestClient a = server.connected();
        TestClient b = server.clientElsewhere().join("/");
        int timers = server.loop.pendingTimers();

        CompletableFuture<List<Arguments>> replies = server.io.emitWithAck("ready?");
        assertThat(a.received()).containsExactly("20[\"ready?\"]");
        assertThat(b.received()).containsExactly("20[\"ready?\"]");
        b.send("30[\"b\"]");
        assertThat(replies).isNotDone();
        a.send("30[\"a\"]");

        assertThat(replies.get().stream().map(reply -> reply.string(0))).containsExactly("b", "a");
        assertThat(server.loop.pendingTimers()).isEqualTo(timers);
    }

    @Test
    void givenABroadcastRequest_whenOneDoesNotAnswer_thenTheErrorHoldsTheOthers() {
        TestClient a = server.connected();
        TestClient b = server.connected();
        CompletableFuture<List<Arguments>> replies =
                server.io.timeout(Duration.ofSeconds(2)).emitWithAck("ready?");
        a.send("30[\"a\"]");

        server.advance(Duration.ofSeconds(2));

        assertThatThrownBy(replies::get).cause().isInstanceOfSatisfying(AckTimeoutException.class, timeout -> {
            assertThat(timeout).hasMessage("operation has timed out");
            assertThat(timeout.replies().stream().map(reply -> reply.string(0))).containsExactly("a");
        });
        b.send("30[\"too late\"]");
        assertThat(b.isClosed()).isFalse();
    }

    @Test
    void givenNoTimeout_whenNobodyAnswers_thenFiveSeconds() {
        server.connected();
        CompletableFuture<List<Arguments>> replies = server.io.emitWithAck("ready?");

        server.advance(Duration.ofMillis(4_999));
        assertThat(replies).isNotDone();
        server.advance(Duration.ofMillis(1));

        assertThat(replies).isCompletedExceptionally();
    }

    @Test
    void givenNobodyThere_whenABroadcastAsks_thenCompleteAtOnce() throws Exception {
        assertThat(server.io.to("nowhere").emitWithAck("ready?").get()).isEmpty();
    }

    @Test
    void givenADeclaredEvent_whenABroadcastAsks_thenAnswersAreOfItsType() throws Exception {
        TestClient client = server.connected();

        CompletableFuture<List<Integer>> replies = server.io.emitWithAck(LENGTH, "four");
        client.send("30[4]");

        assertThat(replies.get()).containsExactly(4);
    }

    @Test
    void givenTooManyPendingAcks_whenABroadcastAsks_thenItArrivesAndCountsAsUnanswered() {
        TestServer small = new TestServer(options -> options.maxPendingAcks(1));
        TestClient client = small.connected();
        pending.add(small.last().emitWithAck("first"));

        CompletableFuture<List<Arguments>> replies = small.io.emitWithAck("second");
        client.send("31[]");
        small.advance(Duration.ofSeconds(5));

        assertThat(client.received()).containsExactly("20[\"first\"]", "21[\"second\"]");
        assertThat(replies).isCompletedExceptionally();
    }
}

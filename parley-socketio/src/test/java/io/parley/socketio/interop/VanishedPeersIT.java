package io.parley.socketio.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.server.Socket;
import io.parley.testkit.Deadline;
import io.parley.testkit.FaultProxy;
import io.parley.testkit.LiveObjects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Clients that go without a word, or never say the word that is waited for. */
class VanishedPeersIT {

    private static final int CLIENTS = 100;
    private static final int QUESTIONS = 200;

    @Test
    void givenClientsBehindADeadLink_whenTheHeartbeatStaysAway_thenTheyEndAndNothingStays() {
        Queue<String> reasons = new ConcurrentLinkedQueue<>();
        try (ScenarioServer server = ScenarioServer.startForVanishing();
                FaultProxy proxy = FaultProxy.of(server.port())) {
            server.io().onConnection(socket -> socket.onDisconnect(reason -> reasons.add(reason.text())));
            List<Visitor> visitors = gather(proxy.port());

            proxy.halfOpen();

            Deadline.await("no sessions", () -> server.io().engine().clientsCount() == 0);
            Deadline.await("all heard", () -> reasons.size() == CLIENTS);
            assertThat(reasons).containsOnly("ping timeout");
            Deadline.awaitPassing(VanishedPeersIT::expectNoSessions);
            visitors.forEach(Visitor::close);
        }
    }

    @Test
    void givenClientsThatNeverAnswer_whenTheyAreAskedAgainAndAgain_thenNoQuestionStays() {
        try (ScenarioServer server = ScenarioServer.start()) {
            List<Visitor> visitors = gather(server.port());
            List<CompletableFuture<?>> answers = new ArrayList<>();

            for (Socket socket : server.io().sockets().sockets().values()) {
                for (int i = 0; i < QUESTIONS; i++) {
                    answers.add(socket.timeout(Duration.ofMillis(20)).emitWithAck("question", i));
                }
            }
            for (int i = 0; i < QUESTIONS; i++) {
                answers.add(server.io().timeout(Duration.ofMillis(20)).emitWithAck("everybody?", i));
            }

            answers.forEach(answer -> assertThat(Deadline.failureOf(answer)).hasMessage("operation has timed out"));
            answers.clear();
            Deadline.awaitPassing(VanishedPeersIT::expectNothingAwaited);
            visitors.forEach(Visitor::close);
        }
    }

    @Test
    void givenQuestionsWithoutATimeout_whenTheClientsGo_thenEachIsToldAndNoneStays() {
        try (ScenarioServer server = ScenarioServer.start()) {
            List<Visitor> visitors = gather(server.port());
            List<CompletableFuture<?>> answers = new ArrayList<>();
            for (Socket socket : server.io().sockets().sockets().values()) {
                answers.add(socket.emitWithAck("question"));
            }

            visitors.forEach(visitor -> visitor.socket().raw().reset());

            answers.forEach(
                    answer -> assertThat(Deadline.failureOf(answer)).hasMessage("socket has been disconnected"));
            answers.clear();
            Deadline.awaitPassing(VanishedPeersIT::expectNothingAwaited);
        }
    }

    private static List<Visitor> gather(int port) {
        List<Visitor> visitors = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            visitors.add(Visitor.connect(port));
        }
        return visitors;
    }

    private static void expectNoSessions() {
        assertThat(LiveObjects.count(
                        "io.parley.engineio.server.EngineSession", "io.parley.socketio.server.NamespaceSocket"))
                .isEmpty();
    }

    private static void expectNothingAwaited() {
        assertThat(LiveObjects.count(
                        "io.parley.socketio.server.PendingAcks$Waiting",
                        "io.parley.socketio.adapter.AckRound",
                        "io.parley.socketio.server.BroadcastReplies"))
                .isEmpty();
    }
}

package io.parley.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import io.parley.testkit.Deadline;
import io.parley.testkit.RawPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** At a fixed rate latency counts from the time at which a message should have been sent: a stall is not hidden. */
class PaceTest {

    private static final int PER_SECOND = 1000;
    private static final int HELD = 50;

    /** The least that the first message takes: the last of those held is not sent before it is due. */
    private static final Duration STALL = Duration.ofMillis(HELD - 1);

    /** With three significant digits. */
    private static final Duration RECORDED = STALL.multipliedBy(999).dividedBy(1000);

    @Test
    void givenAServerThatHoldsMessagesBack_whenItAnswers_thenTheirLatencyHasTheWholeStall() {
        try (Liar liar = new Liar(PaceTest::holdTheFirst);
                Load load = new Load(liar.target("ws").build())) {
            load.connect(1);
            load.start(Flow.echoAtRate(Messages.text(16), PER_SECOND));
            load.runUntil(() -> load.figures().operations() >= HELD, Deadline.LIMIT);
            load.finish();

            Latency latency = load.figures().latency();
            assertThat(latency.max()).isGreaterThanOrEqualTo(RECORDED);
            assertThat(latency.p999()).isLessThanOrEqualTo(latency.max());
            assertThat(latency.count()).isGreaterThanOrEqualTo(HELD);
        }
    }

    /** Answers nothing before it has so many messages, and then everything. */
    private static void holdTheFirst(RawPeer peer) {
        Liar.accept(peer);
        List<String> held = new ArrayList<>();
        while (held.size() < HELD) {
            held.add(Liar.read(peer));
        }
        held.forEach(text -> peer.send(Liar.text(text)));
        while (true) {
            peer.trySend(Liar.text(Liar.read(peer)));
        }
    }

    @Test
    void givenAGeneratorThatIsLate_whenItSends_thenTheDelayIsInTheLatency() {
        try (ParleyServer server = new ParleyServer()) {
            Run run = new Run(server.target("ws", "/echo").build(), Epoll.isAvailable());
            Connecting connecting = new Connecting(run, 1);
            run.loop().execute(connecting::begin);
            Deadline.get(connecting.done());

            run.loop().execute(() -> {
                Flow.echoAtRate(Messages.text(16), PER_SECOND).begin(run).join();
                long start = System.nanoTime();
                while (System.nanoTime() - start < STALL.toNanos()) {
                    Thread.onSpinWait(); // the loop sends nothing meanwhile
                }
            });
            Deadline.await("answers", () -> figures(run).operations() >= HELD);

            assertThat(figures(run).latency().max()).isGreaterThanOrEqualTo(RECORDED);
            run.loop().execute(run::close);
            run.network().close();
        }
    }

    private static Figures figures(Run run) {
        return Deadline.get(CompletableFuture.supplyAsync(() -> run.tally().figures(), run.loop()));
    }
}

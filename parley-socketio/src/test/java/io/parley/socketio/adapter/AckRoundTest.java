package io.parley.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.Arguments;
import io.parley.socketio.packet.Packet;
import io.parley.testkit.Deadline;
import io.parley.websocket.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A broadcast whose recipients live on two event loops, which ask theirs at the same moment. */
class AckRoundTest {

    /** So many that some would go wrong on two processors, if a loop could take the sum before the other had added. */
    private static final int ROUNDS = 20_000;

    private static final OutgoingEvent EVENT =
            new OutgoingEvent(new Packet.Event("/", "ask", Arguments.of(), 1L), List.of(), false, null);
    private static final BroadcastOptions OPTIONS =
            new BroadcastOptions(Set.of(), Set.of(), new BroadcastFlags(false, false, true, Duration.ofSeconds(5)));

    private final ConcurrentLinkedQueue<Integer> counts = new ConcurrentLinkedQueue<>();
    private final AtomicInteger arrivals = new AtomicInteger();

    @Test
    void givenTwoLoops_whenBothAskAtTheSameMoment_thenTheClientsOfBothAreCountedOnce() {
        List<Runnable> ofFirst = new ArrayList<>();
        List<Runnable> ofSecond = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            List<Runnable> parts = new ArrayList<>();
            new AckRound(EVENT, OPTIONS, new Counts()).start(onTwoLoops(), (loop, part) -> parts.add(part));
            assertThat(parts).hasSize(2);
            ofFirst.add(parts.get(0));
            ofSecond.add(parts.get(1));
        }

        CompletableFuture<Void> second =
                CompletableFuture.runAsync(() -> runInStep(ofSecond), task -> new Thread(task).start());
        runInStep(ofFirst);
        Deadline.get(second);

        assertThat(counts).hasSize(ROUNDS).containsOnly(2);
    }

    private static Recipients onTwoLoops() {
        Recipients recipients = new Recipients();
        recipients.include(spanOnALoop());
        recipients.include(spanOnALoop());
        return recipients;
    }

    private static Span spanOnALoop() {
        EventLoop loop = new AnyLoop();
        return new Span(loop, new LocalSocket[] {new Asked(loop)}, 1);
    }

    /** Both threads begin each part together, as far as there are processors for both. */
    private void runInStep(List<Runnable> parts) {
        for (int i = 0; i < parts.size(); i++) {
            arrivals.incrementAndGet();
            for (int spins = 0; arrivals.get() < 2 * (i + 1); spins++) {
                if (spins < 1_000) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(1);
                }
            }
            parts.get(i).run();
        }
    }

    private final class Counts implements BroadcastAckListener {

        @Override
        public void onClientCount(int clients) {
            counts.add(clients);
        }

        @Override
        public void onAck(Arguments reply) {}

        @Override
        public void onTimeout() {}
    }

    /** Every thread is its own. */
    private static final class AnyLoop implements EventLoop {

        @Override
        public boolean inEventLoop() {
            return true;
        }

        @Override
        public void execute(Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Timeout schedule(Runnable task, Duration delay) {
            return () -> {};
        }

        @Override
        public long nanoTime() {
            return 0;
        }
    }

    /** Asked, it does not answer. */
    private static final class Asked extends StubSocket {

        Asked(EventLoop loop) {
            super("id", loop);
        }

        @Override
        public boolean deliverWithAck(OutgoingEvent event, Consumer<Arguments> onAck) {
            return true;
        }
    }
}

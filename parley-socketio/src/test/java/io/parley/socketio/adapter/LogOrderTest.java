package io.parley.socketio.adapter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.Ack;
import io.parley.socketio.Arguments;
import io.parley.socketio.packet.Packet;
import io.parley.testkit.Deadline;
import io.parley.websocket.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many threads send to sockets on several event loops: each socket gets its events in the order of the log. */
class LogOrderTest {

    private static final int EVENTS = 1_000; // of each thread

    private final List<ThreadLoop> loops = List.of(new ThreadLoop(), new ThreadLoop(), new ThreadLoop());
    private final RecoveryStore store = new RecoveryStore();
    private final TestNamespace namespace = new TestNamespace();
    private final SessionAwareAdapter adapter = new SessionAwareAdapter(namespace, store);
    private final List<TestSocket> sockets = new ArrayList<>();

    LogOrderTest() {
        store.attach(ConnectionStateRecovery.defaults());
        for (int i = 0; i < 6; i++) {
            sockets.add(new TestSocket("s" + i, loops.get(i % loops.size())));
        }
    }

    @AfterEach
    void stop() {
        loops.forEach(loop -> loop.thread.shutdownNow());
    }

    @Test
    void givenManySenders_whenSocketsEnterAndLeaveRooms_thenEachSocketGetsItsEventsOnceInTheOrderOfTheLog() {
        sockets.get(0).join(List.of("room"));
        sockets.get(1).join(List.of("room"));

        race(
                i -> send("all", BroadcastOptions.EVERYBODY),
                i -> send("all", BroadcastOptions.EVERYBODY),
                i -> send("room", to("room")),
                i -> send("direct", to("s" + i % sockets.size())),
                i -> send("other", new BroadcastOptions(Set.of(), Set.of("room"), BroadcastFlags.NONE)),
                this::moveAbout);
        loops.forEach(ThreadLoop::flush);

        for (TestSocket socket : sockets) {
            assertThat(socket.positions).as(socket.id()).isSorted().doesNotHaveDuplicates();
            assertThat(socket.counts).as(socket.id()).containsEntry("all", 2 * EVENTS);
        }
        assertThat(sockets.get(0).counts).containsEntry("room", EVENTS).doesNotContainKey("other");
        assertThat(sockets.stream().mapToInt(socket -> socket.counts.get("direct")))
                .allMatch(count -> count >= EVENTS / sockets.size());
        assertThat(store.figures().packetsHeld()).isEqualTo(5 * EVENTS);
    }

    /** The last sockets enter the room and leave it all the time; the first two stay. */
    private void moveAbout(int i) {
        TestSocket socket = sockets.get(2 + i % 4);
        socket.join(List.of("room"));
        socket.leave("room");
    }

    private void send(String name, BroadcastOptions options) {
        adapter.broadcast(new Packet.Event("/", name, Arguments.of(), null), options);
    }

    private static BroadcastOptions to(String room) {
        return new BroadcastOptions(Set.of(room), Set.of(), BroadcastFlags.NONE);
    }

    /** Runs each action again and again, all at the same time. */
    private static void race(IntConsumer... actions) {
        CountDownLatch start = new CountDownLatch(actions.length);
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (IntConsumer action : actions) {
            done.add(CompletableFuture.runAsync(
                    () -> {
                        start.countDown();
                        awaitAll(start);
                        IntStream.range(0, EVENTS).forEach(action);
                    },
                    task -> new Thread(task).start()));
        }
        done.forEach(Deadline::get);
    }

    private static void awaitAll(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A thread of its own. */
    private static final class ThreadLoop implements EventLoop {

        private final ExecutorService thread = Executors.newSingleThreadExecutor(this::makeThread);
        private volatile @Nullable Thread runner; // null until the first task

        private Thread makeThread(Runnable task) {
            Thread made = new Thread(task, "loop");
            made.setDaemon(true);
            runner = made;
            return made;
        }

        @Override
        public boolean inEventLoop() {
            return Thread.currentThread() == runner;
        }

        @Override
        public void execute(Runnable task) {
            thread.execute(task);
        }

        @Override
        public Timeout schedule(Runnable task, Duration delay) {
            return () -> {};
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        void flush() {
            Deadline.get(thread.submit(() -> {}));
        }
    }

    /** A socket that notes what it gets. */
    private final class TestSocket extends StubSocket {

        private final Membership membership;

        // Written on the loop; read when it is flushed.
        private final List<Long> positions = new ArrayList<>();
        private final Map<String, Integer> counts = new HashMap<>();

        TestSocket(String id, EventLoop loop) {
            super(id, loop);
            membership = adapter.add(this);
            namespace.sockets.put(id, this);
        }

        @Override
        public Set<String> rooms() {
            return membership.rooms();
        }

        @Override
        public void deliver(OutgoingEvent event) {
            positions.add(requireNonNull(event.offset()).position());
            counts.merge(event.event().name(), 1, Integer::sum);
        }

        @Override
        public void join(Collection<String> rooms) {
            membership.join(rooms);
        }

        @Override
        public void leave(String room) {
            membership.leave(room);
        }
    }

    /** A namespace of these sockets. */
    private final class TestNamespace implements LocalNamespace {

        private final Map<String, LocalSocket> sockets = new HashMap<>(); // does not change during the race

        @Override
        public String name() {
            return "/";
        }

        @Override
        public @Nullable LocalSocket socket(String id) {
            return sockets.get(id);
        }

        @Override
        public List<EncodedPacket> encode(Packet packet) {
            return List.of();
        }

        @Override
        public Executor handlerExecutor() {
            return Runnable::run;
        }

        @Override
        public void onServerSideEvent(String event, Arguments arguments, Ack ack) {}

        @Override
        public @Nullable RecoveryStore recovery() {
            return store;
        }

        @Override
        public int maxRooms() {
            return 100;
        }
    }
}

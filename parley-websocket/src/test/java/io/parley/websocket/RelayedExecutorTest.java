package io.parley.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class RelayedExecutorTest {

    private final Queue<Runnable> started = new ArrayDeque<>(); // the lives of threads that have not begun
    private final RelayedExecutor executor = new RelayedExecutor(started::add);
    private final List<String> ran = new ArrayList<>();
    private final Reader reader = new Reader();

    @Test
    void givenABurst_whenRun_thenOneThreadRunsItInOrderAndOneRelievesIt() {
        for (String task : List.of("a", "b", "c")) {
            executor.execute(() -> ran.add(task));
        }

        assertThat(started).hasSize(1);
        started.remove().run();
        assertThat(ran).containsExactly("a", "b", "c");
        assertThat(started).hasSize(1);
        started.remove().run();
        assertThat(started).isEmpty();
    }

    /** A thread that never blocks would keep its core from all others, those of the application too. */
    @Test
    void givenTasksWithoutEnd_whenAThreadHasRunItsShare_thenItEndsAndTheReliefGoesOn() {
        for (int i = 0; i < 3 * RelayedExecutor.SHIFT; i++) {
            executor.execute(() -> {
                ran.add("a");
                if (ran.size() < 10 * RelayedExecutor.SHIFT) {
                    executor.execute(() -> ran.add("b"));
                }
            });
        }

        started.remove().run();

        assertThat(ran).hasSize(RelayedExecutor.SHIFT);
        assertThat(started).hasSize(1);
        while (!started.isEmpty()) {
            started.remove().run();
        }
        assertThat(ran).hasSize(6 * RelayedExecutor.SHIFT);
    }

    @Test
    void givenOneTask_whenItRuns_thenNoReliefIsStarted() {
        executor.execute(() -> ran.add("a"));

        started.remove().run();
        assertThat(ran).containsExactly("a");
        assertThat(started).isEmpty();
    }

    @Test
    void givenATaskThatBlocks_whenOthersWait_thenTheReliefRunsThem() {
        executor.execute(() -> {
            ran.add("blocking");
            started.remove().run(); // what the carrier does meanwhile
            ran.add("blocked");
        });
        executor.execute(() -> ran.add("other"));

        started.remove().run();

        assertThat(ran).containsExactly("blocking", "other", "blocked");
    }

    @Test
    void givenATaskThatBlocks_whenAnotherIsGivenLater_thenAThreadIsStartedForIt() {
        executor.execute(() -> {
            executor.execute(() -> ran.add("later"));
            assertThat(started).hasSize(1);
            started.remove().run();
            ran.add("blocked");
        });

        started.remove().run();

        assertThat(ran).containsExactly("later", "blocked");
    }

    @Test
    void givenATaskThatThrows_whenOthersWait_thenTheReliefRunsThem() {
        executor.execute(() -> {
            throw new IllegalStateException("thrown on purpose by a test");
        });
        executor.execute(() -> ran.add("other"));

        assertThatThrownBy(() -> started.remove().run()).isInstanceOf(IllegalStateException.class);
        started.remove().run();

        assertThat(ran).containsExactly("other");
    }

    @Test
    void givenATaskThatLeavesItsThreadInterrupted_whenTheNextOneRuns_thenItIsNot() {
        executor.execute(() -> Thread.currentThread().interrupt());
        executor.execute(() -> ran.add(Boolean.toString(Thread.currentThread().isInterrupted())));

        started.remove().run();

        assertThat(ran).containsExactly("false");
    }

    @Test
    void givenALoopThatReads_whenItIsThrough_thenOneThreadIsStartedForAll() {
        executor.execute(() -> ran.add("a"), reader);
        executor.execute(() -> ran.add("b"), reader);

        assertThat(started).isEmpty();
        reader.end();
        assertThat(started).hasSize(1);
        started.remove().run();
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void givenALoopThatReads_whenAnotherThreadGivesATask_thenNothingWaitsForTheLoop() {
        executor.execute(() -> ran.add("read"), reader);
        executor.execute(() -> ran.add("other"));

        assertThat(started).hasSize(1);
        started.remove().run();
        assertThat(ran).containsExactly("read", "other");
        started.clear(); // the relief of the first
        reader.end();
        assertThat(started).isEmpty();
    }

    @Test
    void givenTwoLoopsThatRead_whenTheSecondIsThroughFirst_thenItDoesNotWaitForTheOther() {
        Reader second = new Reader();
        executor.execute(() -> ran.add("a"), reader);
        executor.execute(() -> ran.add("b"), second);

        second.end();
        assertThat(started).hasSize(1);
        reader.end();
        assertThat(started).hasSize(1);
    }

    @Test
    void givenNoThread_whenATaskIsGiven_thenItIsRefusedAndLaterOnesRun() {
        boolean[] open = {false};
        RelayedExecutor refusing = new RelayedExecutor(life -> {
            if (!open[0]) {
                throw new RejectedExecutionException("closed");
            }
            life.run();
        });

        assertThatThrownBy(() -> refusing.execute(() -> ran.add("refused")))
                .isInstanceOf(RejectedExecutionException.class);
        open[0] = true;
        refusing.execute(() -> ran.add("taken"));

        assertThat(ran).containsExactly("taken");
    }

    /** A loop in the middle of reading. */
    private static final class Reader implements EventLoop {

        private final Set<Runnable> afterReading = new LinkedHashSet<>();

        void end() {
            afterReading.forEach(Runnable::run);
            afterReading.clear();
        }

        @Override
        public void afterReading(Runnable task) {
            afterReading.add(task);
        }

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
            throw new UnsupportedOperationException();
        }

        @Override
        public long nanoTime() {
            throw new UnsupportedOperationException();
        }
    }
}

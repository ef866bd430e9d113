package io.parley.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailboxTest {

    @Test
    void givenManyTasksFromManyThreads_whenRun_thenOneAtATimeAndInTheOrderOfEachThread() throws Exception {
        Mailbox mailbox = new Mailbox(HandlerThreads.shared());
        AtomicInteger atOnce = new AtomicInteger();
        List<int[]> seen = new ArrayList<>(); // written by the mailbox only: no lock needed, which is the point
        CountDownLatch done = new CountDownLatch(8_000);

        CompletableFuture<?>[] producers = new CompletableFuture<?>[8];
        for (int p = 0; p < producers.length; p++) {
            int producer = p;
            producers[p] = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 1_000; i++) {
                    int number = i;
                    mailbox.execute(() -> {
                        assertThat(atOnce.incrementAndGet()).isEqualTo(1);
                        seen.add(new int[] {producer, number});
                        atOnce.decrementAndGet();
                        done.countDown();
                    });
                }
            });
        }
        CompletableFuture.allOf(producers).get(20, TimeUnit.SECONDS);

        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        int[] next = new int[producers.length];
        for (int[] entry : seen) {
            assertThat(entry[1]).isEqualTo(next[entry[0]]++);
        }
    }

    @Test
    void givenAMailbox_whenATaskWaitsOrRuns_thenItIsNotIdle() {
        List<Runnable> given = new ArrayList<>();
        Mailbox mailbox = new Mailbox(given::add);
        List<Boolean> idle = new ArrayList<>();
        idle.add(mailbox.isIdle());

        mailbox.execute(() -> idle.add(mailbox.isIdle()));
        idle.add(mailbox.isIdle());
        given.remove(0).run();
        idle.add(mailbox.isIdle());

        assertThat(idle).containsExactly(true, false, false, true);
    }

    @Test
    void givenATaskThatThrows_whenRun_thenTheNextOneRuns() {
        Mailbox mailbox = new Mailbox(Runnable::run);
        List<String> ran = new ArrayList<>();

        mailbox.execute(() -> {
            throw new IllegalStateException("thrown on purpose by a test");
        });
        mailbox.execute(() -> ran.add("next"));

        assertThat(ran).containsExactly("next");
    }

    @Test
    void givenATaskThatGivesAnother_whenRun_thenItRunsAfterIt() {
        Mailbox mailbox = new Mailbox(Runnable::run);
        List<String> ran = new ArrayList<>();

        mailbox.execute(() -> {
            mailbox.execute(() -> ran.add("second"));
            ran.add("first");
        });

        assertThat(ran).containsExactly("first", "second");
    }

    @Test
    void givenWaitingTasks_whenCounted_thenTheRunningOneIsNot() {
        List<Runnable> given = new ArrayList<>();
        Mailbox mailbox = new Mailbox(given::add);

        mailbox.execute(() -> {});
        mailbox.execute(() -> {});

        assertThat(mailbox.size()).isEqualTo(2);
        given.remove(0).run();
        assertThat(mailbox.size()).isZero();
        assertThat(given).isEmpty();
    }

    @Test
    void givenAnExecutorThatRefuses_whenExecuted_thenThrowsAndRunsAgainLater() {
        boolean[] open = {false};
        List<String> ran = new ArrayList<>();
        Mailbox mailbox = new Mailbox(task -> {
            if (!open[0]) {
                throw new RejectedExecutionException("closed");
            }
            task.run();
        });

        assertThatThrownBy(() -> mailbox.execute(() -> ran.add("refused")))
                .isInstanceOf(RejectedExecutionException.class);
        open[0] = true;
        mailbox.execute(() -> ran.add("taken"));

        assertThat(ran).containsExactly("taken");
    }

    @Test
    void givenHandlersThatBlock_whenManyRun_thenOthersGoOn() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(100);
        Mailbox blocked = new Mailbox(HandlerThreads.shared());
        blocked.execute(() -> await(release));

        for (int i = 0; i < 100; i++) {
            new Mailbox(HandlerThreads.shared()).execute(others::countDown);
        }

        assertThat(others.await(20, TimeUnit.SECONDS)).isTrue();
        release.countDown();
    }

    @Test
    void givenTheRunningJdk_whenAsked_thenHandlersAreVirtualFrom21On() {
        assertThat(HandlerThreads.areVirtual()).isEqualTo(Runtime.version().feature() >= 21);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

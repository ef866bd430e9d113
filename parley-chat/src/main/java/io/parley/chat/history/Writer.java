package io.parley.chat.history;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes all that waits, does it in one transaction, and only after the commit tells
 * those who asked: so many who wait share one sync of the disk.
 *
 * <p><b>Threading.</b> {@link #submit} and {@link #close} are safe for any thread.
 */
final class Writer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Writer.class);

    private static final int MAX_WAITING = 10_000;
    private static final int MAX_BATCH = 500;
    private static final long MAX_WAIT_SECONDS = 10;

    private final BlockingQueue<Task<?>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Handle handle;
    private final Thread thread;
    private volatile boolean closed; // no more tasks, please
    private volatile boolean ended; // nobody looks at the queue any more

    /**
     * Starts writing.
     *
     * @param handle taken: closed at the end
     */
    Writer(Handle handle) {
        this.handle = handle;
        this.thread = new Thread(this::run, "parley-chat-writer");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Does {@code work} in a transaction, in the order of the calls. When too much waits, the caller waits too.
     *
     * @param work runs on the writer's thread, and once more if the transaction it shared with others fails
     * @param committed called on the writer's thread after the commit, in order, before the future completes
     * @return completes on the writer's thread; with {@link HistoryException} if nothing was stored
     */
    <T> CompletableFuture<T> submit(Function<Handle, T> work, Consumer<? super T> committed) {
        Task<T> task = new Task<>(work, committed);
        if (closed || !offered(task)) {
            task.fail(new HistoryException(closed ? "The history is closed" : "Too many writes wait for the disk"));
        } else if (ended) {
            failAll();
        }
        return task.done;
    }

    private boolean offered(Task<?> task) {
        try {
            return waiting.offer(task, MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        try (handle) {
            writeUntilClosed();
        } catch (InterruptedException e) {
            log.error("The history's writer was interrupted and ends (expected: close())", e);
        } finally {
            ended = true;
            failAll();
        }
    }

    private void writeUntilClosed() throws InterruptedException {
        List<Task<?>> batch = new ArrayList<>();
        while (!closed || !waiting.isEmpty()) {
            batch.add(waiting.take());
            waiting.drainTo(batch, MAX_BATCH - 1);
            write(batch);
            batch.clear();
        }
    }

    private void write(List<Task<?>> batch) {
        try {
            handle.begin();
            batch.forEach(task -> task.work(handle));
            handle.commit();
        } catch (RuntimeException e) {
            rollback();
            writeEach(batch, e);
            return;
        }
        batch.forEach(Task::committed);
    }

    /** One bad write must not take the others with it: each gets a transaction of its own. */
    private void writeEach(List<Task<?>> batch, RuntimeException cause) {
        if (batch.size() > 1) {
            batch.forEach(task -> write(List.of(task)));
            return;
        }
        log.error("A write to the history failed", cause);
        batch.forEach(task -> task.fail(new HistoryException("Not stored", cause)));
    }

    private void rollback() {
        try {
            handle.rollback();
        } catch (RuntimeException e) {
            log.warn("A rollback in the history failed", e);
        }
    }

    private void failAll() {
        List<Task<?>> late = new ArrayList<>();
        waiting.drainTo(late);
        late.forEach(task -> task.fail(new HistoryException("The history is closed")));
    }

    /** Writes what waits, then ends. */
    @Override
    public void close() {
        closed = true;
        waiting.offer(new Task<>(h -> true, done -> {})); // wakes the writer; one whose queue is full is awake
        try {
            thread.join(TimeUnit.SECONDS.toMillis(MAX_WAIT_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Task<T> {
        private final Function<Handle, T> work;
        private final Consumer<? super T> committed;
        private final CompletableFuture<T> done = new CompletableFuture<>();
        private @Nullable T result; // null until worked

        Task(Function<Handle, T> work, Consumer<? super T> committed) {
            this.work = work;
            this.committed = committed;
        }

        void work(Handle handle) {
            result = work.apply(handle);
        }

        void committed() {
            T stored = requireNonNull(result, "result");
            try {
                committed.accept(stored);
            } catch (RuntimeException e) {
                log.error("Telling of a stored message failed", e);
            }
            done.complete(stored);
        }

        void fail(HistoryException cause) {
            done.completeExceptionally(cause);
        }
    }
}

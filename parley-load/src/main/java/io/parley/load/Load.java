package io.parley.load;

import static java.util.Objects.requireNonNull;

import io.netty.channel.epoll.Epoll;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Clients that load one server, step by step: {@link #connect}, {@link #start}, {@link #runFor}, {@link #finish}, and again.
 *
 * <p>A server that answers wrongly, closes, or is silent ends the run: every method then throws the {@link LoadException}
 * that says what came and what was expected.
 *
 * <p><b>Threading.</b> All clients are on one event loop, so they use one core at most. Methods block until what they are
 * for is done, and are for one thread at a time, but for {@link #figures}, {@link #clients} and {@link #close}, which are for
 * any.
 */
public final class Load implements AutoCloseable {

    private static final long PROGRESS_NANOS = 1_000_000_000L;
    private static final long LOOK_NANOS = 10_000_000L; // between two questions whether it is the end

    private final Run run;
    private Consumer<Figures> progress = figures -> {};
    private boolean closed; // guarded by this

    /**
     * Without a client yet.
     *
     * @throws LoadException if the host is unknown, or the certificates to trust cannot be read
     */
    public Load(Target target) {
        this(target, Epoll.isAvailable());
    }

    /** By epoll, which the machine must have, or by NIO. */
    Load(Target target, boolean epoll) {
        run = new Run(requireNonNull(target, "target"), epoll);
    }

    /** Has this told once a second, while something runs, what came since the last mark; on the thread that waits. */
    public void onProgress(Consumer<Figures> listener) {
        progress = requireNonNull(listener, "listener");
    }

    /**
     * Connects so many clients more, which stay.
     *
     * @return one operation for each, with the time that it took to be connected: for Socket.IO, to be in its namespace
     * @throws IllegalArgumentException if there would be more than {@link Limits#MAX_CONNECTIONS}
     * @throws IllegalStateException if a flow is under way
     * @throws LoadException if one of them is not accepted
     */
    public Figures connect(int count) {
        Limits.check("clients", count, 1, Limits.MAX_CONNECTIONS - clients());
        Connecting connecting = new Connecting(run, count);
        onLoop(() -> {
            checkSilent("connect");
            connecting.begin();
            return connecting;
        });
        return await(connecting.done());
    }

    /** Clients that are connected. */
    public int clients() {
        return onLoop(() -> run.clients().size());
    }

    /**
     * Begins a flow. A broadcast begins when a first message has reached everybody.
     *
     * @throws IllegalArgumentException if it does not fit the target or the clients
     * @throws IllegalStateException if another one is under way
     */
    public void start(Flow flow) {
        requireNonNull(flow, "flow");
        CompletableFuture<Void> begun = onLoop(() -> {
            checkSilent("start");
            flow.check(run.target(), run.clients().size());
            return flow.begin(run);
        });
        await(begun);
    }

    private void checkSilent(String method) {
        if (!run.work().over().isDone()) {
            throw new IllegalStateException(method + "() while a flow is under way (expected: after finish())");
        }
    }

    /** Lets it go on for that long. */
    public void runFor(Duration duration) {
        runUntil(() -> false, duration);
    }

    /**
     * Lets it go on until the condition is true, which is asked for on this thread, a hundred times a second.
     *
     * @return whether it is; false if the time is over
     */
    public boolean runUntil(BooleanSupplier condition, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        long told = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long now = System.nanoTime();
            if (end - now <= 0) {
                return false;
            }
            if (now - told >= PROGRESS_NANOS) {
                told += PROGRESS_NANOS;
                progress.accept(figures());
            }
            waitFor(run.failure(), Math.min(LOOK_NANOS, end - now));
        }
        return true;
    }

    /** Counts from now on. */
    public void mark() {
        onLoop(() -> {
            run.tally().mark();
            return run;
        });
    }

    /** What came since the last mark, or since the beginning. */
    public Figures figures() {
        return onLoop(() -> run.tally().figures());
    }

    /** Counts for that long. */
    public Figures measure(Duration duration) {
        mark();
        runFor(duration);
        return figures();
    }

    /**
     * Sends no more, and waits for what is under way.
     *
     * @throws LoadException if not all of it comes
     */
    public void finish() {
        Work work = onLoop(() -> {
            run.work().stop();
            return run.work();
        });
        await(work.over());
    }

    private <T> T onLoop(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        run.loop().execute(() -> {
            try {
                result.complete(task.call());
            } catch (LoadException failure) {
                run.fail(failure);
                result.completeExceptionally(failure);
            } catch (Exception mistake) {
                result.completeExceptionally(mistake);
            }
        });
        waitFor(result, Long.MAX_VALUE);
        return result.join();
    }

    /** Waits for it, or for the failure of the run. */
    private <T extends @Nullable Object> T await(CompletableFuture<T> result) {
        CompletableFuture<Object> either = CompletableFuture.anyOf(run.failure(), result);
        while (!waitFor(either, PROGRESS_NANOS)) {
            progress.accept(figures());
        }
        return result.join();
    }

    /** Whether it is done; throws what it failed with. */
    private static boolean waitFor(CompletableFuture<?> result, long nanos) {
        try {
            result.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException failed) {
            throw asThrown(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LoadException("Interrupted", interrupted);
        }
    }

    /** The failure, with a trace of this thread, too. */
    private static RuntimeException asThrown(Throwable failure) {
        Throwable root = failure;
        while ((root instanceof ExecutionException || root instanceof CompletionException) && root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof LoadException known) {
            return new LoadException(known.message(), known);
        }
        return root instanceof RuntimeException mistake ? mistake : new IllegalStateException(root);
    }

    /** Ends all connections, by a reset. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        run.loop().submit(run::close).syncUninterruptibly();
        run.network().close();
    }
}

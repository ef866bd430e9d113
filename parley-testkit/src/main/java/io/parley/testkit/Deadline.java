package io.parley.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * Waiting with an end. Every wait of the tests has the same generous limit, so that a loaded machine is not a failure
 * and a hang is not a hung build. Safe for any thread.
 */
public final class Deadline {

    /** How long a test waits for anything: 20 s. */
    public static final Duration LIMIT = Duration.ofSeconds(20);

    private Deadline() {}

    /** Waits until the condition holds, checking every 5 ms. */
    public static void await(String what, Callable<Boolean> condition) {
        requireNonNull(condition, "condition");
        Awaitility.await(what)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }

    /** Waits until the assertion passes; after the limit fails with its last error. */
    public static void awaitPassing(ThrowingRunnable assertion) {
        requireNonNull(assertion, "assertion");
        Awaitility.await()
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(assertion);
    }

    /**
     * Waits for a future's value.
     *
     * @throws AssertionError if it fails, with its error as the cause, or is not done within the limit
     */
    public static <T extends @Nullable Object> T get(Future<T> future) {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("The future failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("The future is not done after " + LIMIT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    /**
     * Waits for a future to fail.
     *
     * @return what it failed with
     * @throws AssertionError if it succeeds, or is not done within the limit
     */
    public static Throwable failureOf(CompletableFuture<?> future) {
        return get(future.handle((value, error) -> {
            if (error == null) {
                throw new AssertionError("The future succeeded with " + value + " (expected: a failure)");
            }
            return error;
        }));
    }
}

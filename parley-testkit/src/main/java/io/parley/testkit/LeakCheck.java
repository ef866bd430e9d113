package io.parley.testkit;

import io.netty.util.LeakPresenceDetector.ResourceScope;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that does not release all its buffers, with the places that made them. JUnit finds this extension by
 * itself ({@code junit.jupiter.extensions.autodetection.enabled}), so every test of every module is checked; the JVM must
 * be started with {@code -Dio.netty.customResourceLeakDetector=io.parley.testkit.CountingLeakDetector}.
 *
 * <p>Buffers may still be on their way when a test ends: they have 5 s.
 */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {

    private static final long LIMIT_NANOS = 5_000_000_000L;
    private static final long PAUSE_MILLIS = 5;

    /** Made by JUnit. */
    public LeakCheck() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!isNested(context)) {
            CountingLeakDetector.startScope(context.getDisplayName());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        if (!isNested(context)) {
            expectReleased(CountingLeakDetector.startScope("after " + context.getDisplayName()), LIMIT_NANOS);
        }
    }

    /** Waits until everything is released; when time is up, fails with what is not. */
    static void expectReleased(ResourceScope scope, long limitNanos) throws InterruptedException {
        long end = System.nanoTime() + limitNanos;
        while (scope.hasOpenResources()) {
            if (System.nanoTime() > end) {
                scope.close(); // throws, and tells which
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    // The buffers of the class around it may be in use.
    private static boolean isNested(ExtensionContext context) {
        return context.getParent().flatMap(ExtensionContext::getTestClass).isPresent();
    }
}

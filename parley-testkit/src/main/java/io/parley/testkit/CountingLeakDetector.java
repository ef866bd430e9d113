package io.parley.testkit;

import io.netty.util.LeakPresenceDetector;

/**
 * Netty's leak detector for {@link LeakCheck}: counts the buffers that are open, by test class, instead of waiting for
 * the garbage collector. Netty makes it, named by {@code -Dio.netty.customResourceLeakDetector}. Safe for any thread.
 *
 * @param <T> what is tracked
 */
public final class CountingLeakDetector<T> extends LeakPresenceDetector<T> {

    private static volatile ResourceScope scope = new ResourceScope("before the first test class");

    /** Made by Netty. */
    public CountingLeakDetector(Class<?> resourceType, int samplingInterval) {
        super(resourceType);
    }

    /** Made by Netty. */
    @SuppressWarnings("unused") // Netty looks for this signature too
    public CountingLeakDetector(Class<?> resourceType, int samplingInterval, long maxActive) {
        super(resourceType);
    }

    /** Starts to count anew under this name and returns what was counted before. */
    static synchronized ResourceScope startScope(String name) {
        ResourceScope before = scope;
        scope = new ResourceScope(name);
        return before;
    }

    @Override
    protected ResourceScope currentScope() {
        return scope;
    }
}

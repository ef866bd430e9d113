package io.parley.websocket;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that run application code: virtual threads where the JDK has them (21 and later), otherwise a pool of at
 * most {@link #MAX_POOLED_THREADS} threads. Either way the threads are daemons, and all of them are idle or gone while
 * there is nothing to do. A thread may run one task after the other, so what a task puts into a {@link ThreadLocal} and
 * does not remove, another one may find. On virtual threads no task waits for another one that blocks.
 */
public final class HandlerThreads {

    /**
     * The size of the pool on a JDK without virtual threads: 64, or what the system property
     * {@code io.parley.handlerThreads} says. So many handlers may block at the same time before others wait.
     */
    public static final int MAX_POOLED_THREADS = Integer.getInteger("io.parley.handlerThreads", 64);

    private static final String NAME = "parley-handler-";

    private HandlerThreads() {}

    /** The executor that everything uses unless it is given another. It lives as long as the process. */
    public static Executor shared() {
        return Shared.EXECUTOR;
    }

    /** Whether {@link #shared} runs each task on a virtual thread. */
    public static boolean areVirtual() {
        return !(Shared.EXECUTOR instanceof ThreadPoolExecutor);
    }

    private static ExecutorService virtualThreads() throws Throwable {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        Class<?> builder = Class.forName("java.lang.Thread$Builder");
        Class<?> virtualBuilder = Class.forName("java.lang.Thread$Builder$OfVirtual");
        MethodHandle ofVirtual = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtualBuilder));
        MethodHandle name =
                lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class, long.class));
        MethodHandle factory = lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
        MethodHandle perTask = lookup.findStatic(
                Executors.class,
                "newThreadPerTaskExecutor",
                MethodType.methodType(ExecutorService.class, ThreadFactory.class));
        Object named = name.invoke(ofVirtual.invoke(), NAME, 0L);
        return (ExecutorService) perTask.invoke((ThreadFactory) factory.invoke(named));
    }

    private static ExecutorService pool() {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory threads = task -> {
            Thread thread = new Thread(task, NAME + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
        // The queue needs no bound of its own: a mailbox waits in it at most once.
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MAX_POOLED_THREADS, MAX_POOLED_THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Made when the first handler runs. */
    private static final class Shared {

        static final Executor EXECUTOR = create();

        private static Executor create() {
            try {
                return new RelayedExecutor(virtualThreads());
            } catch (Throwable expected) { // a JDK before 21: it has no virtual threads
                return pool();
            }
        }
    }
}

package io.parley.bench.path;

import io.parley.websocket.HandlerThreads;
import io.parley.websocket.Mailbox;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From the thread that reads to the thread that runs a socket's handlers, until the last of a burst has run. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class MailboxBenchmark {

    /** Where handlers run: on the same thread, or where they do by default. */
    @Param({"here", "virtual"})
    public String threads;

    /** How many events come at once. */
    @Param({"1", "16"})
    public int events;

    private Mailbox mailbox;
    private Semaphore handled;
    private Runnable event;

    /** Makes the mailbox. */
    @Setup
    public void setUp() {
        mailbox = new Mailbox(threads.equals("here") ? Runnable::run : HandlerThreads.shared());
        handled = new Semaphore(0);
        event = handled::release;
    }

    /** All of them, one after the other. */
    @Benchmark
    public void burst() throws InterruptedException {
        for (int i = 0; i < events; i++) {
            mailbox.execute(event);
        }
        handled.acquire(events);
    }
}

package io.parley.socketio.server;

import io.parley.socketio.Arguments;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An acknowledgement is awaited and comes, while others are awaited. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class AcksBenchmark {

    private static final Arguments ANSWER = Arguments.of("ok");

    /** How many are awaited. */
    @Param({"1", "100"})
    public int awaited;

    private PendingAcks acks;
    private long nextId;
    private int answers;

    /** Awaits all but one. */
    @Setup
    public void setUp() {
        acks = new PendingAcks();
        while (nextId < awaited - 1) {
            register();
        }
    }

    /** One more, and the answer to the first. */
    @Benchmark
    public int registerAndResolve() {
        register();
        acks.onAck(nextId - awaited, ANSWER);
        return answers;
    }

    private void register() {
        acks.add(nextId++, new PendingAcks.Waiting(answer -> answers++, reason -> {}, null));
    }
}

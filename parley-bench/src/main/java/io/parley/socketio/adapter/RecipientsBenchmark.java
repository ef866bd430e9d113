package io.parley.socketio.adapter;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** From what a broadcast says to each of its recipients, which do nothing here. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class RecipientsBenchmark {

    private static final BroadcastOptions TWO_ROOMS_BUT_ONE =
            new BroadcastOptions(Set.of("a", "b"), Set.of("c"), BroadcastFlags.NONE);

    /** How many sockets there are: all in one room, half of them in another, a tenth in a third. */
    @Param({"10", "1000"})
    public int sockets;

    private InMemoryAdapter adapter;

    /** Fills the rooms. */
    @Setup
    public void setUp() {
        Lobby lobby = new Lobby(sockets);
        adapter = lobby.adapter();
        for (int i = 0; i < sockets; i++) {
            lobby.membership(i).join(List.of("a"));
            if (i % 2 == 0) {
                lobby.membership(i).join(List.of("b"));
            }
            if (i % 10 == 0) {
                lobby.membership(i).join(List.of("c"));
            }
        }
    }

    /** Everybody. */
    @Benchmark
    public void everybody(Blackhole blackhole) {
        visit(BroadcastOptions.EVERYBODY, blackhole);
    }

    /** Those in the first or the second room, each once, without those in the third. */
    @Benchmark
    public void twoRoomsButOne(Blackhole blackhole) {
        visit(TWO_ROOMS_BUT_ONE, blackhole);
    }

    private void visit(BroadcastOptions options, Blackhole blackhole) {
        for (Recipients.OfLoop part : adapter.recipients(options).byLoop()) {
            part.forEach(blackhole::consume);
        }
    }
}

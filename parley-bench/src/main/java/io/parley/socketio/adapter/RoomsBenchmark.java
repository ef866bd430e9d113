package io.parley.socketio.adapter;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One socket enters and leaves one of many rooms, and a room of ten is found among them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class RoomsBenchmark {

    private static final int MEMBERS = 10;

    /** How many rooms there are. */
    @Param({"1", "1000", "100000"})
    public int rooms;

    private InMemoryAdapter adapter;
    private Membership newcomer;
    private List<String> names;
    private List<BroadcastOptions> broadcasts;
    private int next;

    /** Fills the rooms. */
    @Setup
    public void setUp() {
        Lobby lobby = new Lobby(MEMBERS + 1);
        adapter = lobby.adapter();
        newcomer = lobby.membership(MEMBERS);
        names = IntStream.range(0, rooms).mapToObj(i -> "room-" + i).toList();
        for (int i = 0; i < MEMBERS; i++) {
            lobby.membership(i).join(names);
        }
        broadcasts = names.stream()
                .map(name -> new BroadcastOptions(Set.of(name), Set.of(), BroadcastFlags.NONE))
                .toList();
    }

    /** Into a room and out again, each time another one. */
    @Benchmark
    public void joinAndLeave() {
        String room = names.get(turn());
        newcomer.join(List.of(room));
        newcomer.leave(room);
    }

    /** Who is in a room, each time another one. */
    @Benchmark
    public Recipients members() {
        return adapter.recipients(broadcasts.get(turn()));
    }

    private int turn() {
        next = next + 1 == rooms ? 0 : next + 1;
        return next;
    }
}

package io.parley.bench.scenario;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.PeerProgram;
import io.parley.bench.peer.PeerSetup;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Metric;
import io.parley.load.Load;
import io.parley.load.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Events that the server itself emits to one of its rooms after the other. One operation is one that reached a client.
 *
 * @param name of the scenario
 * @param clients connections
 * @param rooms how many there are
 * @param members clients in each, taken in turn
 */
record RoomEmits(String name, int clients, int rooms, int members) implements Scenario {

    private static final int AT_ONCE = 5_000; // events that are on the way
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    public PeerSetup setup() {
        return Gauge.SOCKET_IO;
    }

    @Override
    public boolean takes(PeerKind peer) {
        return peer == PeerKind.PARLEY || peer == PeerKind.PARLEY_LOOP;
    }

    @Override
    public Map<Metric, Double> measure(PeerProcess server, Pace pace) throws IOException {
        try (Load load = new Load(Gauge.socketIo(server, Wire.SOCKETIO_WEBSOCKET))) {
            int count = pace.clients(clients);
            load.connect(count);
            int inEach = Math.min(members, count);
            server.ask(PeerProgram.ROOMS + rooms + " " + inEach + " ");
            Duration warm = server.cpuTime().plus(pace.warmUp());
            while (server.cpuTime().compareTo(warm) < 0) {
                emit(load, server, inEach);
            }
            return measure(load, server, pace.measured(), inEach);
        }
    }

    private static Map<Metric, Double> measure(Load load, PeerProcess server, Duration time, int members)
            throws IOException {
        Duration cpu = server.cpuTime();
        long start = System.nanoTime();
        double operations = 0;
        do {
            operations += emit(load, server, members);
        } while (System.nanoTime() - start < time.toNanos());
        double nanos = System.nanoTime() - start;
        return Map.of(
                Metric.CPU_MICROS,
                server.cpuTime().minus(cpu).toNanos() / 1e3 / operations,
                Metric.RATE,
                operations / nanos * 1e9);
    }

    /** Has some events emitted, and waits until all have come; how many. */
    private static int emit(Load load, PeerProcess server, int members) throws IOException {
        int events = Math.max(1, AT_ONCE / members);
        int expected = events * members;
        load.mark();
        server.ask(PeerProgram.EMIT + events + " ");
        if (!load.runUntil(() -> load.figures().others() >= expected, PATIENCE)) {
            throw new IllegalStateException(load.figures().others() + " events came in " + PATIENCE.toSeconds()
                    + " s (expected: " + expected + ")");
        }
        return expected;
    }
}

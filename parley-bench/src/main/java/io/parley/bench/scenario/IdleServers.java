package io.parley.bench.scenario;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.PeerSetup;
import io.parley.bench.process.ChildProcess;
import io.parley.bench.process.Cores;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Metric;
import io.parley.load.Load;
import io.parley.load.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Connections that are idle as those of {@link Idle}, on several servers at the same time: more than the limit on open files
 * allows to one process. The clients of each server are a process of their own, too.
 *
 * @param name of the scenario
 * @param servers processes
 * @param each connections of each of them
 */
record IdleServers(String name, int servers, int each) implements Scenario {

    private static final int FIRST_DIVISOR = 20; // of the connections: these are this process's, with all servers

    /** A server, and what it held when only its first connections were there. */
    private record Server(PeerProcess process, ChildProcess clients, long heapBefore, long residentBefore) {}

    @Override
    public PeerSetup setup() {
        return Gauge.SOCKET_IO;
    }

    @Override
    public List<String> jvmOptions(PeerKind peer, Cores cores) {
        return Idle.JVM_OPTIONS;
    }

    @Override
    public Map<Metric, Double> measure(PeerProcess server, Pace pace) throws IOException {
        return fill(new ArrayList<>(), server, pace);
    }

    /** Connects all clients of a server, goes on to the next one, and measures all when the last is full. */
    private Map<Metric, Double> fill(List<Server> full, PeerProcess server, Pace pace) throws IOException {
        int count = pace.clients(each);
        int first = Math.max(1, count / FIRST_DIVISOR);
        try (Load load = new Load(Gauge.socketIo(server, Wire.SOCKETIO_WEBSOCKET))) {
            Idle.occupy(load, first, Idle.ACKNOWLEDGED, server, pace);
            long heapBefore = server.liveHeapBytes();
            long residentBefore = server.residentBytes();
            try (ChildProcess rest = IdleClients.start(server.port(), count - first)) {
                full.add(new Server(server, rest, heapBefore, residentBefore));
                if (full.size() == servers) {
                    return measureAll(full, count, count - first, load, pace.idled());
                }
                try (PeerProcess next = server.another()) {
                    return fill(full, next, pace);
                }
            }
        }
    }

    private static Map<Metric, Double> measureAll(List<Server> full, int count, int more, Load load, Duration idled)
            throws IOException {
        Map<Metric, Double> figures = new EnumMap<>(Metric.class);
        double heap = 0;
        double resident = 0;
        for (Server server : full) {
            heap += server.process.liveHeapBytes() - server.heapBefore;
            resident += server.process.residentBytes() - server.residentBefore;
        }
        figures.put(Metric.HEAP_BYTES, heap / more / full.size());
        figures.put(Metric.RESIDENT_BYTES, resident / more / full.size());
        Duration cpu = cpuTime(full);
        long start = System.nanoTime();
        load.runFor(idled);
        figures.put(
                Metric.IDLE_CPU_PERCENT,
                100.0 * cpuTime(full).minus(cpu).toNanos() / (System.nanoTime() - start) / full.size());
        for (Server server : full) {
            server.clients.requireAlive();
            requireConnected(server.process, count);
        }
        return figures;
    }

    private static Duration cpuTime(List<Server> servers) {
        return servers.stream().map(server -> server.process.cpuTime()).reduce(Duration.ZERO, Duration::plus);
    }

    /** Each connection is an open file; where the system does not tell of them, nothing is known. */
    private static void requireConnected(PeerProcess server, int count) throws IOException {
        long open = server.openFiles();
        if (open >= 0 && open < count) {
            throw new IOException("Of " + count + " idle connections " + open + " at most are left (expected: all)");
        }
    }
}

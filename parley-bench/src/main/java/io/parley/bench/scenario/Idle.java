package io.parley.bench.scenario;

import io.parley.bench.load.Load;
import io.parley.bench.load.Messages;
import io.parley.bench.peer.PeerSetup;
import io.parley.bench.peer.Protocol;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Metric;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The memory of connections that have exchanged one message each and do nothing.
 *
 * @param name of the scenario
 * @param deflate whether the message was compressed, both ways
 * @param clients connections
 */
record Idle(String name, boolean deflate, int clients) implements Scenario {

    private static final String PATH = "/echo";
    private static final int MESSAGE_BYTES = 64;

    @Override
    public PeerSetup setup() {
        return PeerSetup.of(Protocol.RAW).withDeflate(deflate);
    }

    /**
     * Room for new objects is small, and what a collection frees goes back to the system: garbage is not resident. Nor is
     * the memory of the optimizing compiler, tens of MiB that come and go.
     */
    @Override
    public List<String> jvmOptions() {
        return List.of(
                "-Xmn16m",
                "-XX:MinHeapFreeRatio=5",
                "-XX:MaxHeapFreeRatio=10",
                "-XX:-ShrinkHeapInSteps",
                "-XX:TieredStopAtLevel=1");
    }

    /** What the first fifth cost is not counted: with it comes what is made once. */
    @Override
    public Map<Metric, Double> measure(PeerProcess server, Pace pace) throws IOException {
        int count = Math.min(clients, pace.maxClients());
        int first = count / 5;
        try (Load load = new Load(Messages.text(MESSAGE_BYTES, deflate))) {
            load.connect(server.port(), PATH, first);
            load.startEcho(1);
            WarmUp.run(load, server, pace.warmUp());
            load.finish();
            long heapBefore = server.liveHeapBytes();
            long residentBefore = server.residentBytes();
            load.connect(server.port(), PATH, count - first);
            load.exchangeOnce();
            double heap = server.liveHeapBytes() - heapBefore;
            double resident = server.residentBytes() - residentBefore;
            return Map.of(Metric.HEAP_BYTES, heap / (count - first), Metric.RESIDENT_BYTES, resident / (count - first));
        }
    }
}

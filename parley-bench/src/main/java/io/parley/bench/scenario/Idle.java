package io.parley.bench.scenario;

import io.parley.bench.peer.PeerSetup;
import io.parley.bench.peer.Protocol;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Metric;
import io.parley.load.Flow;
import io.parley.load.Load;
import io.parley.load.Messages;
import io.parley.load.Target;
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
        int count = Math.max(2, Math.min(clients, pace.maxClients()));
        int first = Math.max(1, count / 5);
        Messages messages = Messages.text(MESSAGE_BYTES);
        Target target = Target.builder("ws://127.0.0.1:" + server.port() + PATH)
                .deflate(deflate)
                .build();
        try (Load load = new Load(target)) {
            load.connect(first);
            load.start(Flow.echo(messages, 1));
            WarmUp.run(load, server, pace.warmUp());
            load.finish();
            long heapBefore = server.liveHeapBytes();
            long residentBefore = server.residentBytes();
            load.connect(count - first);
            load.start(Flow.once(messages));
            load.finish();
            double heap = server.liveHeapBytes() - heapBefore;
            double resident = server.residentBytes() - residentBefore;
            return Map.of(Metric.HEAP_BYTES, heap / (count - first), Metric.RESIDENT_BYTES, resident / (count - first));
        }
    }
}

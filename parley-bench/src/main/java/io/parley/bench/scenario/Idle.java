package io.parley.bench.scenario;

import io.parley.bench.load.Load;
import io.parley.bench.load.Messages;
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
    private static final int FIRST_CLIENTS = 2000; // so that what is made once, and compiled, is there before

    /** Room for new objects is small, and what a collection frees goes back to the system: garbage is not resident. */
    @Override
    public List<String> jvmOptions() {
        return List.of("-Xmn16m", "-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10", "-XX:-ShrinkHeapInSteps");
    }

    @Override
    public Map<Metric, Double> measure(PeerProcess server, Pace pace) throws IOException {
        Messages messages = Messages.text(MESSAGE_BYTES, deflate);
        connectAndLeave(server, messages, Math.min(FIRST_CLIENTS, pace.maxClients()));
        long heapBefore = settledHeapBytes(server);
        long residentBefore = server.residentBytes();
        int count = Math.min(clients, pace.maxClients());
        try (Load load = new Load(messages)) {
            load.connect(server.port(), PATH, count);
            load.exchangeOnce();
            double heap = server.liveHeapBytes() - heapBefore;
            double resident = server.residentBytes() - residentBefore;
            return Map.of(Metric.HEAP_BYTES, heap / count, Metric.RESIDENT_BYTES, resident / count);
        }
    }

    /** The live heap, when the server has got rid of those who left. */
    private static long settledHeapBytes(PeerProcess server) throws IOException {
        long bytes = Long.MAX_VALUE;
        for (long next = server.liveHeapBytes(); next < bytes; next = server.liveHeapBytes()) {
            bytes = next;
        }
        return bytes;
    }

    private static void connectAndLeave(PeerProcess server, Messages messages, int count) throws IOException {
        try (Load load = new Load(messages)) {
            load.connect(server.port(), PATH, count);
            load.exchangeOnce();
        }
    }
}

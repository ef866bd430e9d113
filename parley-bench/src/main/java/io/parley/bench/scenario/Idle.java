package io.parley.bench.scenario;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.PeerSetup;
import io.parley.bench.peer.Protocol;
import io.parley.bench.process.Cores;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Metric;
import io.parley.load.Flow;
import io.parley.load.Load;
import io.parley.load.Messages;
import io.parley.load.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Connections that have exchanged one message each and do nothing but answer heartbeats: their memory, and the CPU time of a
 * server that sends heartbeats.
 *
 * @param name of the scenario
 * @param setup what the server is to be; where it compresses, the message was compressed, both ways
 * @param clients connections
 */
record Idle(String name, PeerSetup setup, int clients) implements Scenario {

    /**
     * Room for new objects is small, and a heap that has grown gives back what is free: little garbage is resident. Nor is
     * the memory of the optimizing compiler, tens of MiB that come and go.
     */
    static final List<String> JVM_OPTIONS = List.of(
            "-Xmn16m",
            "-XX:MinHeapFreeRatio=5",
            "-XX:MaxHeapFreeRatio=10",
            "-XX:-ShrinkHeapInSteps",
            "-XX:TieredStopAtLevel=1");

    private static final int MESSAGE_BYTES = 64;

    /** What each Socket.IO client sends once. */
    static final Messages ACKNOWLEDGED = Messages.event("echo", MESSAGE_BYTES).acknowledged(Messages.Answer.SAME);

    @Override
    public List<String> jvmOptions(PeerKind peer, Cores cores) {
        return JVM_OPTIONS;
    }

    /** What the first fifth cost is not counted: with it comes what is made once. */
    @Override
    public Map<Metric, Double> measure(PeerProcess server, Pace pace) throws IOException {
        boolean raw = setup.protocol() == Protocol.RAW;
        Messages messages = raw ? Messages.text(MESSAGE_BYTES) : ACKNOWLEDGED;
        int count = pace.clients(clients);
        int first = Math.max(1, count / 5);
        try (Load load = new Load(
                raw ? Gauge.raw(server, "/echo", setup.deflate()) : Gauge.socketIo(server, Wire.SOCKETIO_WEBSOCKET))) {
            occupy(load, first, messages, server, pace);
            long heapBefore = server.liveHeapBytes();
            long residentBefore = server.residentBytes();
            double more = count - first;
            load.connect(count - first);
            load.start(Flow.once(messages));
            load.finish();
            Map<Metric, Double> figures = new EnumMap<>(Metric.class);
            figures.put(Metric.HEAP_BYTES, (server.liveHeapBytes() - heapBefore) / more);
            figures.put(Metric.RESIDENT_BYTES, (server.residentBytes() - residentBefore) / more);
            if (!raw) {
                figures.put(Metric.IDLE_CPU_PERCENT, idleCpuPercent(load, server, pace.idled()));
            }
            return figures;
        }
    }

    /** Connects the first ones, and has them talk until the server is warm. */
    static void occupy(Load load, int clients, Messages messages, PeerProcess server, Pace pace) throws IOException {
        load.connect(clients);
        load.start(Flow.echo(messages, 1));
        Gauge.warmUp(load, server, pace.warmUp());
        load.finish();
    }

    private static double idleCpuPercent(Load load, PeerProcess server, Duration time) throws IOException {
        server.beginRecording();
        Duration cpu = server.cpuTime();
        long start = System.nanoTime();
        load.runFor(time);
        double percent = 100.0 * server.cpuTime().minus(cpu).toNanos() / (System.nanoTime() - start);
        server.endRecording();
        return percent;
    }
}

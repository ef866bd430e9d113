package io.parley.bench.scenario;

import io.parley.bench.load.Load;
import io.parley.bench.load.Messages;
import io.parley.bench.load.Probe;
import io.parley.bench.peer.PeerSetup;
import io.parley.bench.peer.Protocol;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Metric;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Messages at saturation: as many as the server takes, in a closed loop.
 *
 * @param name of the scenario
 * @param kind what the server does with a message
 * @param text whether messages are text
 * @param bytes of a message
 * @param deflate whether they are compressed
 * @param clients connections
 * @param window messages on the way, for each client or for the one that sends
 */
record Traffic(String name, Kind kind, boolean text, int bytes, boolean deflate, int clients, int window)
        implements Scenario {

    /** What a server does with a message. */
    enum Kind {
        /** Back to its sender. */
        ECHO("/echo"),
        /** To everybody. */
        BROADCAST("/broadcast");

        private final String path;

        Kind(String path) {
            this.path = path;
        }
    }

    @Override
    public PeerSetup setup() {
        return PeerSetup.of(Protocol.RAW).withDeflate(deflate);
    }

    @Override
    public List<String> jvmOptions() {
        return List.of();
    }

    @Override
    public Map<Metric, Double> measure(PeerProcess server, Pace pace) throws IOException {
        Messages messages = text ? Messages.text(bytes, deflate) : Messages.binary(bytes, deflate);
        Probe.check(server.port(), kind.path, messages);
        try (Load load = new Load(messages)) {
            load.connect(server.port(), kind.path, Math.min(clients, pace.maxClients()));
            switch (kind) {
                case ECHO -> load.startEcho(window);
                case BROADCAST -> load.startBroadcast(window);
            }
            WarmUp.run(load, server, pace.warmUp());
            Map<Metric, Double> figures = measure(load, server, pace.measured());
            load.finish();
            return figures;
        }
    }

    private static Map<Metric, Double> measure(Load load, PeerProcess server, Duration measured) throws IOException {
        long messages = load.received();
        long start = System.nanoTime();
        Duration cpu = server.cpuTime();
        Duration ownCpu = ownCpuTime();
        load.runFor(measured);
        double count = load.received() - messages;
        double nanos = System.nanoTime() - start;
        return Map.of(
                Metric.CPU_MICROS, server.cpuTime().minus(cpu).toNanos() / 1e3 / Math.max(1, count),
                Metric.RATE, count / nanos * 1e9,
                Metric.LOAD_BUSY, ownCpuTime().minus(ownCpu).toNanos() / nanos);
    }

    private static Duration ownCpuTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}

package io.parley.bench.scenario;

import io.parley.bench.peer.PeerSetup;
import io.parley.bench.peer.Protocol;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Metric;
import io.parley.load.Figures;
import io.parley.load.Flow;
import io.parley.load.Load;
import io.parley.load.Messages;
import io.parley.load.Target;
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
        Messages messages = text ? Messages.text(bytes) : Messages.binary(bytes);
        Target target = Target.builder("ws://127.0.0.1:" + server.port() + kind.path)
                .deflate(deflate)
                .build();
        try (Load load = new Load(target)) {
            load.connect(Math.min(clients, pace.maxClients()));
            load.start(
                    switch (kind) {
                        case ECHO -> Flow.echo(messages, window);
                        case BROADCAST -> Flow.broadcast(messages, 1, window);
                    });
            WarmUp.run(load, server, pace.warmUp());
            Map<Metric, Double> figures = measure(load, server, pace.measured());
            load.finish();
            return figures;
        }
    }

    private static Map<Metric, Double> measure(Load load, PeerProcess server, Duration measured) throws IOException {
        Duration cpu = server.cpuTime();
        Figures figures = load.measure(measured);
        return Map.of(
                Metric.CPU_MICROS, server.cpuTime().minus(cpu).toNanos() / 1e3 / Math.max(1, figures.operations()),
                Metric.RATE, figures.rate(),
                Metric.LOAD_BUSY, figures.ownCores());
    }
}

package io.parley.bench.scenario;

import io.parley.bench.peer.PeerSetup;
import io.parley.bench.peer.Protocol;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Metric;
import io.parley.load.Figures;
import io.parley.load.Flow;
import io.parley.load.Load;
import io.parley.load.Target;
import io.parley.load.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What a server spends on the work that a load gives it. */
final class Gauge {

    /** Everything at its default. */
    static final PeerSetup SOCKET_IO = PeerSetup.of(Protocol.SOCKET_IO);

    /** After which a load that has begun, or had to wait, is as it stays. */
    static final Duration SETTLING = Duration.ofMillis(200);

    private static final Duration STALLED = Duration.ofSeconds(30); // after 20 the load has given up
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration COMPILING = Duration.ofMillis(50); // of such a second; some is compiled at any time

    private Gauge() {}

    /** A server's Socket.IO, in {@code /}. */
    static Target socketIo(PeerProcess server, Wire wire) {
        return Target.builder("http://127.0.0.1:" + server.port()).wire(wire).build();
    }

    /** A server's raw WebSocket. */
    static Target raw(PeerProcess server, String path, boolean deflate) {
        return Target.builder("ws://127.0.0.1:" + server.port() + path)
                .deflate(deflate)
                .build();
    }

    /** Connects so many clients, has them do that until the server is warm, and measures. */
    static Map<Metric, Double> warmAndMeasure(Target target, Flow flow, int clients, PeerProcess server, Pace pace)
            throws IOException {
        try (Load load = new Load(target)) {
            load.connect(clients);
            load.start(flow);
            warmUp(load, server, pace.warmUp());
            Map<Metric, Double> figures = measure(load, server, pace.measured());
            load.finish();
            return figures;
        }
    }

    /**
     * Lets the flow that has been started go on until the server has used that much CPU time, and the compilers of its JVM
     * have no more to do. Without any of it where that time is zero.
     */
    static void warmUp(Load load, PeerProcess server, Duration cpu) throws IOException {
        long end = System.nanoTime() + LONGEST_WARM_UP.toNanos();
        Duration goal = server.cpuTime().plus(cpu);
        load.runUntil(() -> server.cpuTime().compareTo(goal) >= 0, LONGEST_WARM_UP);
        Duration before = server.compileTime();
        boolean compiling = !cpu.isZero();
        while (compiling && System.nanoTime() < end) {
            load.runFor(LOOK);
            Duration now = server.compileTime();
            compiling = now.minus(before).compareTo(COMPILING) > 0;
            before = now;
        }
    }

    /** Measures the flow that has been started: for that long, or until the first operation is done. */
    static Map<Metric, Double> measure(Load load, PeerProcess server, Duration time) throws IOException {
        if (server.beginRecording()) {
            load.runFor(SETTLING);
        }
        Duration cpu = server.cpuTime();
        Optional<Duration> kernel = server.kernelTime();
        load.mark();
        load.runFor(time);
        load.runUntil(() -> load.figures().operations() > 0, STALLED);
        Figures figures = load.figures();
        double operations = Math.max(1, figures.operations());
        Map<Metric, Double> measured = new EnumMap<>(Metric.class);
        measured.put(Metric.CPU_MICROS, micros(server.cpuTime().minus(cpu)) / operations);
        if (kernel.isPresent()) {
            Duration more = server.kernelTime().orElse(Duration.ZERO).minus(kernel.get());
            measured.put(Metric.KERNEL_MICROS, micros(more) / operations);
        }
        server.endRecording();
        measured.put(Metric.RATE, figures.rate());
        measured.put(Metric.LOAD_BUSY, figures.ownCores());
        if (figures.latency().count() > 0) {
            measured.put(Metric.P50_MICROS, micros(figures.latency().p50()));
            measured.put(Metric.P99_MICROS, micros(figures.latency().p99()));
            measured.put(Metric.P999_MICROS, micros(figures.latency().p999()));
        }
        return measured;
    }

    private static double micros(Duration duration) {
        return duration.toNanos() / 1e3;
    }
}

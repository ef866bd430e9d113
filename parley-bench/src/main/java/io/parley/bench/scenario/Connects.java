package io.parley.bench.scenario;

import io.parley.bench.peer.PeerSetup;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Metric;
import io.parley.load.Flow;
import io.parley.load.Load;
import io.parley.load.Wire;
import java.io.IOException;
import java.util.Map;

/**
 * Clients that connect to the namespace and leave, at saturation. One operation is one of them.
 *
 * @param name of the scenario
 * @param wire how they come
 * @param atOnce so many are on their way at the same time
 */
record Connects(String name, Wire wire, int atOnce) implements Scenario {

    /**
     * So many times longer is the warm-up: a connection takes far more code, and far more time, than a message, so that
     * after the usual one the compiler of a JVM would be measured.
     */
    private static final int WARM_UP_FACTOR = 5;

    @Override
    public PeerSetup setup() {
        return Gauge.SOCKET_IO;
    }

    @Override
    public Map<Metric, Double> measure(PeerProcess server, Pace pace) throws IOException {
        try (Load load = new Load(Gauge.socketIo(server, wire))) {
            load.start(Flow.connects(pace.clients(atOnce)));
            Gauge.warmUp(load, server, pace.warmUp().multipliedBy(WARM_UP_FACTOR));
            Map<Metric, Double> figures = Gauge.measure(load, server, pace.measured());
            load.finish();
            return figures;
        }
    }
}

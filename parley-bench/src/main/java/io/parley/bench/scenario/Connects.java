package io.parley.bench.scenario;

import io.parley.bench.peer.PeerSetup;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Metric;
import io.parley.load.Flow;
import io.parley.load.Load;
import io.parley.load.Wire;
import java.util.Map;

/**
 * Clients that connect to the namespace and leave, at saturation. One operation is one of them.
 *
 * @param name of the scenario
 * @param wire how they come
 */
record Connects(String name, Wire wire) implements Scenario {

    private static final int AT_ONCE = 32;

    @Override
    public PeerSetup setup() {
        return Gauge.SOCKET_IO;
    }

    @Override
    public Map<Metric, Double> measure(PeerProcess server, Pace pace) {
        try (Load load = new Load(Gauge.socketIo(server, wire))) {
            load.start(Flow.connects(pace.clients(AT_ONCE)));
            Gauge.warmUp(load, server, pace.warmUp());
            Map<Metric, Double> figures = Gauge.measure(load, server, pace.measured());
            load.finish();
            return figures;
        }
    }
}

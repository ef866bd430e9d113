package io.parley.bench.scenario;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.PeerSetup;
import io.parley.bench.process.Archives;
import io.parley.bench.process.Cores;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Metric;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * From the start of a server's process to its first Socket.IO connection.
 *
 * @param name of the scenario
 * @param archived whether its JVM has the server's classes in an archive that was made before
 */
record StartUp(String name, boolean archived) implements Scenario {

    @Override
    public PeerSetup setup() {
        return Gauge.SOCKET_IO;
    }

    @Override
    public boolean takes(PeerKind peer) {
        return peer.takes(setup()) && !(archived && peer.platform() == PeerKind.Platform.NODE);
    }

    @Override
    public List<String> jvmOptions(PeerKind peer, Cores cores) throws IOException {
        return archived ? Archives.of(peer, setup(), cores, StartUp::connect).jvmOptions() : List.of();
    }

    private static void connect(PeerProcess server) throws IOException {
        PlainConnection.open(server).close();
    }

    @Override
    public Map<Metric, Double> measure(PeerProcess server, Pace pace) throws IOException {
        connect(server);
        double cpuMillis = server.cpuTime().toNanos() / 1e6;
        return Map.of(Metric.START_MILLIS, server.age().toNanos() / 1e6, Metric.START_CPU_MILLIS, cpuMillis);
    }
}

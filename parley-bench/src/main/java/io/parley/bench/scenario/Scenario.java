package io.parley.bench.scenario;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.PeerSetup;
import io.parley.bench.process.Cores;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Metric;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One thing that servers are measured at. */
public interface Scenario {

    /** Its name on the command line and in the report. */
    String name();

    /** What the server is to be. */
    PeerSetup setup();

    /** Whether such a server can be measured at it. */
    default boolean takes(PeerKind peer) {
        return peer != PeerKind.FLOOR && peer.takes(setup());
    }

    /**
     * What the server's JVM needs beside the options of all.
     *
     * @throws IOException if it needs something that cannot be made
     */
    default List<String> jvmOptions(PeerKind peer, Cores cores) throws IOException {
        return List.of();
    }

    /** The scenario whose rate has to be known before; empty for most. */
    default Optional<Scenario> basis() {
        return Optional.empty();
    }

    /** The same, given how many operations a second the official server did at {@link #basis}. */
    default Scenario withBasis(double rate) {
        return this;
    }

    /**
     * Measures a server that has done nothing else yet.
     *
     * @throws IOException if a connection fails
     * @throws RuntimeException if the server answers wrongly, or not at all
     */
    Map<Metric, Double> measure(PeerProcess server, Pace pace) throws IOException;
}

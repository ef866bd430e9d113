package io.parley.bench.scenario;

import io.parley.bench.peer.PeerSetup;
import io.parley.bench.process.PeerProcess;
import io.parley.bench.report.Metric;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One thing that servers are measured at. */
public interface Scenario {

    /** Its name on the command line and in the report. */
    String name();

    /** What the server is to be. */
    PeerSetup setup();

    /** What the server's JVM needs beside the options of all. */
    List<String> jvmOptions();

    /**
     * Measures a server that has done nothing else yet.
     *
     * @throws IOException if a connection fails
     * @throws IllegalStateException if the server answers wrongly, or not at all
     */
    Map<Metric, Double> measure(PeerProcess server, Pace pace) throws IOException;
}

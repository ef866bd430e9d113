package io.parley.bench.scenario;

import io.parley.bench.process.PeerProcess;
import io.parley.load.Load;
import java.io.IOException;
import java.time.Duration;

/** Lets a server work until it is warm. */
final class WarmUp {

    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private WarmUp() {}

    /** Lets the load that has been started go on until the server has used that much CPU time. */
    static void run(Load load, PeerProcess server, Duration cpu) throws IOException {
        Duration goal = server.cpuTime().plus(cpu);
        long start = System.nanoTime();
        while (server.cpuTime().compareTo(goal) < 0 && System.nanoTime() - start < LONGEST.toNanos()) {
            load.runFor(STEP);
        }
    }
}

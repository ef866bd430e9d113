package io.parley.bench;

import io.parley.bench.scenario.Pace;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long and how often, from the command line. */
final class Timing {

    @Option(names = "--quick", description = "Once, and measured for half of the time: a first look.")
    private boolean quick;

    @Option(names = "--runs", description = "How often each: 3 unless given, 1 when quick.")
    private @Nullable Integer runs; // null unless given, as those that follow

    @Option(
            names = "--warm-up",
            description =
                    "CPU time of the server before it is measured, in ms: ${DEFAULT-VALUE}. After it the compilers of a "
                            + "JVM are waited for, unless it is 0.")
    private int warmUpMillis = 3000;

    @Option(names = "--measure", description = "How long it is measured, in ms: 3000 unless given, 1500 when quick.")
    private @Nullable Integer measureMillis;

    @Option(
            names = "--idle",
            description =
                    "How long it is watched while nothing happens, in ms: ${DEFAULT-VALUE}, one heartbeat of all.")
    private int idleMillis = 25_000;

    @Option(
            names = "--max-clients",
            description = "Connections at most: 10,000 unless given; for growth, what the limit on open files allows.")
    private @Nullable Integer maxClients;

    int runs() {
        return or(runs, 3, 1);
    }

    Duration measured() {
        return Duration.ofMillis(or(measureMillis, 3000, 1500));
    }

    int maxClients(int usual) {
        return or(maxClients, usual, usual);
    }

    Pace pace(int usualMaxClients) {
        return new Pace(
                Duration.ofMillis(warmUpMillis),
                measured(),
                Duration.ofMillis(idleMillis),
                maxClients(usualMaxClients));
    }

    private int or(@Nullable Integer given, int usual, int whenQuick) {
        return given != null ? given : quick ? whenQuick : usual;
    }
}

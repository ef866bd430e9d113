package io.parley.bench.hostile;

import static java.util.Objects.requireNonNull;

import io.parley.bench.process.ChildProcess;
import io.parley.bench.process.Cores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code parley-bench/run hostile} does. */
@Command(
        name = "hostile",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures how long a client that behaves waits while others attack its server, on one core.")
public final class HostileBench implements Callable<Integer> {

    private static final int QUIET_MILLIS = 2_000; // the witness has the server for itself, at first
    private static final double NANOS_PER_MILLI = 1e6;

    @Parameters(arity = "0..*", paramLabel = "ATTACK", description = "Which attacks, such as flood; all unless given.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--measure", description = "How long each is measured, in ms: ${DEFAULT-VALUE}.")
    private int measureMillis = 10_000;

    @Option(
            names = "--warm-up",
            description =
                    "How long each goes on before it is measured, in ms: ${DEFAULT-VALUE}; less shows a server that has just begun.")
    private int warmUpMillis = 15_000;

    @Option(names = "--jvm", split = " ", description = "More options for the servers, to look into them.")
    private List<String> jvmOptions = List.of();

    @Spec
    private @Nullable CommandSpec command; // set before call

    private final Cores cores;

    /** With these cores: the witness runs on those of this process. */
    public HostileBench(Cores cores) {
        this.cores = cores;
    }

    @Override
    public Integer call() throws IOException {
        List<Attack> attacks = names.isEmpty()
                ? Arrays.asList(Attack.values())
                : names.stream().map(Attack::of).toList();
        Report report = new Report();
        for (Attack attack : attacks) {
            measure(attack, report);
        }
        Path out = requireNonNull(command).parent().findOption("--out").getValue();
        Files.createDirectories(out);
        Files.writeString(out.resolve("hostile.md"), report.markdown());
        System.out.println(report.markdown());
        return 0;
    }

    /**
     * Once with the attackers at the witness's server, once with the same attackers at another one: on the same core, and
     * the witness among the same attackers on its own.
     */
    private void measure(Attack attack, Report report) throws IOException {
        try (ChildProcess server = server(attack);
                ChildProcess other = server(attack);
                Witness witness = Witness.of(server.said())) {
            witness.ask(Duration.ofMillis(Math.min(warmUpMillis, QUIET_MILLIS)));
            if (attack != Attack.NONE) {
                report.add(attack, false, ask(attack, other, witness));
            }
            report.add(attack, true, ask(attack, server, witness));
        }
    }

    private Report.Line ask(Attack attack, ChildProcess attacked, Witness witness) throws IOException {
        List<String> prefix = new ArrayList<>(cores.loadPrefix());
        prefix.addAll(List.of("nice", "-n", "10")); // the witness goes first: it is not what is measured
        try (ChildProcess attackers = ChildProcess.start(
                prefix, List.of(), Attackers.class, attack.key(), Integer.toString(attacked.said()))) {
            witness.ask(Duration.ofMillis(warmUpMillis));
            Duration before = attacked.cpuTime();
            Witness.Outcome outcome = witness.ask(Duration.ofMillis(measureMillis));
            attackers.requireAlive();
            double busy = attacked.cpuTime().minus(before).toNanos() / (measureMillis * NANOS_PER_MILLI);
            return new Report.Line(outcome, busy);
        }
    }

    private ChildProcess server(Attack attack) throws IOException {
        return ChildProcess.start(cores.serverPrefix(), jvmOptions, HostileServer.class, attack.serverArguments());
    }

    /** The table. */
    private static final class Report {

        private final StringBuilder rows = new StringBuilder();

        record Line(Witness.Outcome outcome, double busy) {}

        void add(Attack attack, boolean attacked, Line line) {
            String who = attack == Attack.NONE ? "nobody" : attacked ? "its own server" : "another server";
            String row = String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %.2f | %s |%n",
                    attack.title(),
                    who,
                    figures(line.outcome.answers()),
                    line.busy,
                    figures(line.outcome.lateness()));
            System.out.print(row);
            rows.append(row);
        }

        private static String figures(Histogram nanos) {
            return String.format(
                    Locale.ROOT,
                    "%.2f | %.2f | %.2f | %.2f",
                    nanos.getValueAtPercentile(50) / NANOS_PER_MILLI,
                    nanos.getValueAtPercentile(99) / NANOS_PER_MILLI,
                    nanos.getValueAtPercentile(99.9) / NANOS_PER_MILLI,
                    nanos.getMaxValue() / NANOS_PER_MILLI);
        }

        String markdown() {
            return """
                    | what the attackers do | to whom | p50, ms | p99 | p99.9 | max | attacked server's CPU \
                    | asked late p50, ms | p99 | p99.9 | max |
                    |---|---|---|---|---|---|---|---|---|---|---|
                    """ + rows;
        }
    }
}

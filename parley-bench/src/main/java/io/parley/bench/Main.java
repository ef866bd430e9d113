package io.parley.bench;

import static java.util.Objects.requireNonNull;

import io.parley.bench.codec.CodecBench;
import io.parley.bench.hostile.HostileBench;
import io.parley.bench.jmh.Jmh;
import io.parley.bench.path.PathBench;
import io.parley.bench.peer.PeerKind;
import io.parley.bench.process.Cores;
import io.parley.bench.report.Report;
import io.parley.bench.scenario.Pace;
import io.parley.bench.scenario.Scenario;
import io.parley.bench.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command behind {@code parley-bench/run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = {GrowthCommand.class, SoakCommand.class},
        description = "Measures Parley side by side with other servers, on this machine and in one run.")
public final class Main implements Callable<Integer> {

    private static final String CODEC = "codec";
    private static final String PATH = "path";
    private static final int MAX_CLIENTS = 10_000;

    @Parameters(
            arity = "0..*",
            paramLabel = "SCENARIO",
            description =
                    "What to measure: a name such as echo-64, a group such as echo, a protocol (raw, socket.io), codec, or "
                            + "path; all unless given.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--peers",
            split = ",",
            description =
                    "Which servers: ${DEFAULT-VALUE}. There is floor, too, for fan-outs: a program that does nothing "
                            + "but one send for each delivery.")
    private List<String> peers = PeerKind.servers().stream().map(PeerKind::key).toList();

    @Mixin
    private final Timing timing = new Timing();

    @Option(names = "--out", description = "The folder for the reports: ${DEFAULT-VALUE}.")
    private Path out = Path.of("target", "bench");

    @Option(
            names = "--profile",
            paramLabel = "FOLDER",
            description =
                    "Where to put a flight recording (JFR) of each server on a JVM while it is measured, but for its "
                            + "start: SCENARIO-PEER-RUN.jfr. What is measured then includes the recording.")
    private @Nullable Path profiles; // null for none

    @Spec
    private @Nullable CommandSpec command; // set before call

    private final Cores cores;

    private Main(Cores cores) {
        this.cores = cores;
    }

    /** Runs it and ends the process: 0 when all was measured. */
    public static void main(String... args) throws IOException {
        Cores cores = Cores.find();
        cores.pinThisProcess();
        System.exit(execute(cores, args));
    }

    static int execute(Cores cores, String... args) {
        return new CommandLine(new Main(cores))
                .addSubcommand(new HostileBench(cores))
                .execute(args);
    }

    @Override
    public Integer call() throws IOException, RunnerException {
        List<Scenario> scenarios = checked(this::scenarios);
        List<PeerKind> kinds = checked(() -> peers.stream().map(PeerKind::of).toList());
        Jmh jmh = new Jmh(timing.runs(), timing.measured());
        if (isAsked(CODEC)) {
            System.out.println(CodecBench.run(jmh, out));
        }
        if (isAsked(PATH)) {
            System.out.println(PathBench.run(jmh, out));
        }
        return scenarios.isEmpty() || compare(scenarios, kinds) ? 0 : 1;
    }

    private boolean isAsked(String name) {
        return names.isEmpty() || names.contains(name);
    }

    /** Those over a network; none when something else was asked for alone. */
    private List<Scenario> scenarios() {
        List<String> named = names.stream()
                .filter(name -> !name.equals(CODEC) && !name.equals(PATH))
                .toList();
        return named.isEmpty() && !names.isEmpty() ? List.of() : Scenarios.named(named);
    }

    Cores cores() {
        return cores;
    }

    /** Where reports go. */
    Path folder() {
        return out;
    }

    /** Measures all; what fails is in the report. */
    Report measure(List<Scenario> scenarios, List<PeerKind> kinds, Pace pace, int runs) throws IOException {
        if (profiles != null) {
            Files.createDirectories(profiles);
        }
        return new SideBySide(cores, pace, System.out, profiles).run(scenarios, kinds, runs);
    }

    <T> T checked(Supplier<T> parsed) {
        try {
            return parsed.get();
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(requireNonNull(command).commandLine(), wrong.getMessage(), wrong);
        }
    }

    /** Whether all was measured. */
    private boolean compare(List<Scenario> scenarios, List<PeerKind> kinds) throws IOException {
        Report report = measure(scenarios, kinds, timing.pace(MAX_CLIENTS), timing.runs());
        report.write(out, "servers", report.markdown());
        System.out.println(report.markdown());
        return report.isComplete();
    }
}

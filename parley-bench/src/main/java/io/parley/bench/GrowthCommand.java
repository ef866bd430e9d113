package io.parley.bench;

import static java.util.Objects.requireNonNull;

import io.parley.bench.growth.Curves;
import io.parley.bench.peer.PeerKind;
import io.parley.bench.process.FileLimit;
import io.parley.bench.report.Report;
import io.parley.bench.scenario.Growth;
import io.parley.bench.scenario.Growths;
import io.parley.bench.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The command {@code parley-bench/run growth}. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures scenarios over a range, and draws the curves.")
final class GrowthCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "RANGE", description = "What grows; all unless given.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--peers", split = ",", description = "Which servers: ${DEFAULT-VALUE}.")
    private List<String> peers = List.of(PeerKind.PARLEY.key());

    @Option(names = "--plots", description = "The folder for the curves; that of the reports unless given.")
    private @Nullable Path plots; // null unless given

    @Mixin
    private final Timing timing = new Timing();

    @ParentCommand
    private @Nullable Main main; // set before call

    @Override
    public Integer call() throws IOException {
        Main parent = requireNonNull(main);
        int mostClients = timing.maxClients(FileLimit.connections());
        List<Growth> growths = parent.checked(() -> Growths.named(names, mostClients));
        List<PeerKind> kinds =
                parent.checked(() -> peers.stream().map(PeerKind::of).toList());
        List<Scenario> scenarios = growths.stream()
                .flatMap(growth -> growth.steps().stream())
                .map(Growth.Step::scenario)
                .toList();
        Report report = parent.measure(scenarios, kinds, timing.pace(mostClients), timing.runs());
        Path folder = plots != null ? plots : parent.folder();
        String shown = new Curves(report, kinds).write(growths, folder);
        report.write(parent.folder(), "growth", shown + report.markdown());
        System.out.println(report.markdown());
        return report.isComplete() ? 0 : 1;
    }
}

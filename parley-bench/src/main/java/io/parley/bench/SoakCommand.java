package io.parley.bench;

import static java.util.Objects.requireNonNull;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.soak.Soak;
import io.parley.bench.soak.SoakReport;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The command {@code parley-bench/run soak}. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Keeps a Parley server under churn and tells whether what it holds grows.")
final class SoakCommand implements Callable<Integer> {

    @Option(names = "--minutes", description = "How long: ${DEFAULT-VALUE}.")
    private double minutes = 20;

    @Option(names = "--staying", description = "Clients that stay: ${DEFAULT-VALUE}.")
    private int staying = 200;

    @Option(names = "--clients", description = "Clients that come and go in each round: ${DEFAULT-VALUE}.")
    private int clients = 200;

    @Option(names = "--talk", description = "How long those talk, in ms: ${DEFAULT-VALUE}.")
    private int talkMillis = 1000;

    @ParentCommand
    private @Nullable Main main; // set before call

    /** 0 when nothing grew. */
    @Override
    public Integer call() throws IOException {
        Main parent = requireNonNull(main);
        Duration time = Duration.ofMillis(Math.round(minutes * 60_000));
        SoakReport report = new Soak(staying, clients, Duration.ofMillis(talkMillis), System.out)
                .run(PeerKind.PARLEY, parent.cores(), time);
        report.write(parent.folder());
        System.out.println(report.markdown());
        return report.isFlat() ? 0 : 1;
    }
}

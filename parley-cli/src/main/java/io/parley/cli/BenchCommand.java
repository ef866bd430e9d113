package io.parley.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.cli.bench.Bench;
import io.parley.cli.bench.Plan;
import io.parley.cli.bench.Progress;
import io.parley.cli.bench.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads any WebSocket or Socket.IO server, and measures what it does. */
@Command(
        name = "bench",
        description = {
            "Loads a WebSocket or Socket.IO server, and measures what it does.",
            "The server must do its part: send back what it gets (echo), acknowledge events (ack), or send each message"
                    + " to everybody (broadcast). 'parley echo' does all of that. Every answer is looked at; a wrong one"
                    + " ends the run."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "%nExamples:",
            "  parley bench http://127.0.0.1:3007/",
            "  parley bench --scenario broadcast -c 1000 --rate 500 http://127.0.0.1:3007/",
            "  parley bench --transport polling --json - http://127.0.0.1:3007/",
            "  parley bench --payload 1K --window 8 ws://127.0.0.1:3007/"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:measured, and every answer was right",
            "1:the server answered wrongly, closed, or left something out",
            "2:the command line was not understood, or asks for more than may be",
            "3:not all could connect",
            "130:stopped by Ctrl-C; what was measured is printed"
        })
final class BenchCommand implements Callable<Integer> {

    private static final int UNCONNECTED = 3;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "URL",
            description = "http:// and https:// for Socket.IO, with the namespace as the path; ws:// and wss:// for raw"
                    + " WebSocket.")
    private String url = "";

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description =
                    "Writes the outcome as one JSON object to a file, or to standard output for '-', which the table"
                            + " then leaves alone.")
    private @Nullable String json; // null unless given

    @Option(
            names = {"-q", "--quiet"},
            description = "Shows no progress.")
    private boolean quiet;

    private final AtomicBoolean reported = new AtomicBoolean();

    @Override
    public Integer call() throws IOException {
        Plan plan;
        try {
            plan = options.plan(url);
        } catch (IllegalArgumentException mistake) {
            return refuse(mistake);
        }
        Bench bench = new Bench(plan, new Progress(err(), quiet));
        Thread breakOff = new Thread(() -> bench.soFar().ifPresent(this::reportQuietly), "parley-bench-stop");
        Runtime.getRuntime().addShutdownHook(breakOff);
        try {
            Report report = bench.run();
            report(report);
            return report.isFine() ? ExitCode.OK : report.isUnconnected() ? UNCONNECTED : ExitCode.SOFTWARE;
        } catch (IllegalArgumentException mistake) {
            return refuse(mistake);
        } finally {
            forget(breakOff);
        }
    }

    private int refuse(IllegalArgumentException mistake) {
        err().println(spec.qualifiedName() + ": " + mistake.getMessage());
        return ExitCode.USAGE;
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException expected) {
            // The process is being stopped, and the hook runs.
        }
    }

    private void reportQuietly(Report report) {
        try {
            report(report);
        } catch (IOException failed) {
            err().println(spec.qualifiedName() + ": " + failed.getMessage());
        }
    }

    /** Once, whoever comes first. */
    private void report(Report report) throws IOException {
        if (!reported.compareAndSet(false, true)) {
            return;
        }
        boolean jsonOnly = "-".equals(json);
        PrintWriter out = spec.commandLine().getOut();
        if (!jsonOnly) {
            report.print(out);
        } else {
            out.print(new String(report.json(), UTF_8));
            out.flush();
        }
        if (json != null && !jsonOnly) {
            Files.write(Path.of(json), report.json());
        }
        if (!report.isFine()) {
            err().println(spec.qualifiedName() + ": " + report.error());
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}

package io.parley.bench.path;

import io.parley.bench.jmh.Jmh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs the benchmarks of what happens between a frame and a handler, and back.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
public final class PathBench {

    private static final List<String> PACKAGES =
            List.of("io.parley.bench.path", "io.parley.socketio.adapter", "io.parley.socketio.server");

    private PathBench() {}

    /**
     * Runs them, and writes {@code path.json} and {@code path.md}.
     *
     * @return the table
     * @throws IOException if the folder cannot be written
     * @throws RunnerException if a benchmark fails
     */
    public static String run(Jmh jmh, Path folder) throws IOException, RunnerException {
        String table = table(jmh.run(PACKAGES, folder.resolve("path.json")));
        Files.writeString(folder.resolve("path.md"), table);
        return table;
    }

    private static String table(Collection<RunResult> results) {
        StringBuilder out = new StringBuilder("""
                | operation | of | ns | bytes |
                |---|---|---|---|
                """);
        results.forEach(result -> out.append(row(result)));
        return out.toString();
    }

    private static String row(RunResult result) {
        String method =
                Jmh.method(result.getParams()).replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        return String.format(
                Locale.ROOT,
                "| %s %s |%s | %,.0f | %,.0f |%n",
                Jmh.subject(result.getParams()),
                method,
                Jmh.parameters(result.getParams()),
                Jmh.time(result),
                Jmh.allocated(result));
    }
}

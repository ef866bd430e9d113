package io.parley.bench.codec;

import io.parley.bench.jmh.Jmh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs the codec's benchmarks and sets ours beside Netty's.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
public final class CodecBench {

    private static final List<String> PACKAGES = List.of("io.parley.bench.codec", "io.parley.websocket.frame");

    private CodecBench() {}

    /**
     * Runs them, and writes {@code codec.json} and {@code codec.md}.
     *
     * @return the table
     * @throws IOException if the folder cannot be written
     * @throws RunnerException if a benchmark fails
     */
    public static String run(Jmh jmh, Path folder) throws IOException, RunnerException {
        String table = table(jmh.run(PACKAGES, folder.resolve("codec.json")));
        Files.writeString(folder.resolve("codec.md"), table);
        return table;
    }

    private static String table(Collection<RunResult> results) {
        Map<String, Pair> rows = new LinkedHashMap<>();
        for (RunResult result : results) {
            String title = Jmh.subject(result.getParams()) + Jmh.parameters(result.getParams());
            Pair row = rows.computeIfAbsent(title, key -> new Pair(new ArrayList<>(), new ArrayList<>()));
            (Jmh.method(result.getParams()).equals("parley") ? row.ours : row.theirs).add(result);
        }
        StringBuilder out = new StringBuilder("""
                | operation | Parley, ns | Netty, ns | × | Parley, bytes | Netty, bytes |
                |---|---|---|---|---|---|
                """);
        rows.forEach((title, pair) -> out.append(pair.row(title)));
        return out.toString();
    }

    /** The results of one operation. */
    private record Pair(List<RunResult> ours, List<RunResult> theirs) {

        String row(String title) {
            double our = time(ours);
            double their = time(theirs);
            return String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %,.0f | %.2f | %,.0f | %,.0f |%n",
                    title,
                    our,
                    their,
                    their / our,
                    allocated(ours),
                    allocated(theirs));
        }

        private static double time(List<RunResult> results) {
            return results.isEmpty() ? Double.NaN : Jmh.time(results.get(0));
        }

        private static double allocated(List<RunResult> results) {
            return results.isEmpty() ? Double.NaN : Jmh.allocated(results.get(0));
        }
    }
}

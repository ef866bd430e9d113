package io.parley.bench.codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the codec's benchmarks and sets ours beside Netty's.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
public final class CodecBench {

    private static final String ALL = "io\\.parley\\..*Benchmark\\..*";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final int forks;
    private final int iterations;
    private final TimeValue iteration;

    /**
     * All benchmarks.
     *
     * @param forks how often, each in a fresh JVM
     * @param measured how long each time; it is warmed up for as long
     */
    public CodecBench(int forks, Duration measured) {
        this(forks, 5, measured.dividedBy(5));
    }

    private CodecBench(int forks, int iterations, Duration iteration) {
        this.forks = forks;
        this.iterations = iterations;
        this.iteration = TimeValue.nanoseconds(iteration.toNanos());
    }

    /** All benchmarks for a moment, in this JVM: figures that say nothing, but that they work. */
    static CodecBench smoke() {
        return new CodecBench(0, 1, Duration.ofMillis(10));
    }

    /**
     * Runs them, and writes {@code codec.json} and {@code codec.md}.
     *
     * @return the table
     * @throws IOException if the folder cannot be written
     * @throws RunnerException if a benchmark fails
     */
    public String run(Path folder) throws IOException, RunnerException {
        Files.createDirectories(folder);
        Options options = new OptionsBuilder()
                .include(ALL)
                .forks(forks)
                .jvmArgsAppend("-Xmx1g")
                .warmupIterations(iterations)
                .warmupTime(iteration)
                .measurementIterations(iterations)
                .measurementTime(iteration)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .resultFormat(ResultFormatType.JSON)
                .result(folder.resolve("codec.json").toString())
                .build();
        String table = table(new Runner(options).run());
        Files.writeString(folder.resolve("codec.md"), table);
        return table;
    }

    private static String table(Collection<RunResult> results) {
        Map<String, Pair> rows = new LinkedHashMap<>();
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            String[] name = params.getBenchmark().split("\\.", -1);
            Pair row = rows.computeIfAbsent(
                    title(name[name.length - 2], params), key -> new Pair(new ArrayList<>(), new ArrayList<>()));
            (name[name.length - 1].equals("parley") ? row.ours : row.theirs).add(result);
        }
        StringBuilder out = new StringBuilder("""
                | operation | Parley, ns | Netty, ns | × | Parley, bytes | Netty, bytes |
                |---|---|---|---|---|---|
                """);
        rows.forEach((title, pair) -> out.append(pair.row(title)));
        return out.toString();
    }

    private static String title(String benchmark, BenchmarkParams params) {
        StringBuilder title =
                new StringBuilder(benchmark.replace("Benchmark", "").toLowerCase(Locale.ROOT));
        params.getParamsKeys().forEach(key -> title.append(' ').append(params.getParam(key)));
        return title.toString();
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
            return results.isEmpty()
                    ? Double.NaN
                    : results.get(0).getPrimaryResult().getScore();
        }

        private static double allocated(List<RunResult> results) {
            for (RunResult result : results) {
                for (String name : result.getSecondaryResults().keySet()) {
                    if (name.endsWith(ALLOCATED)) {
                        return result.getSecondaryResults().get(name).getScore();
                    }
                }
            }
            return Double.NaN;
        }
    }
}

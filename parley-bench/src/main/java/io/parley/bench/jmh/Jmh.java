package io.parley.bench.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
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
 * Runs benchmarks of one kind, each with the bytes that it allocates.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
public final class Jmh {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final int forks;
    private final int iterations;
    private final TimeValue iteration;

    /**
     * How benchmarks are run.
     *
     * @param forks how often, each in a fresh JVM
     * @param measured how long each time; it is warmed up for as long
     */
    public Jmh(int forks, Duration measured) {
        this(forks, 5, measured.dividedBy(5));
    }

    private Jmh(int forks, int iterations, Duration iteration) {
        this.forks = forks;
        this.iterations = iterations;
        this.iteration = TimeValue.nanoseconds(iteration.toNanos());
    }

    /** For a moment, in this JVM: figures that say nothing, but that the benchmarks work. */
    public static Jmh smoke() {
        return new Jmh(0, 1, Duration.ofMillis(10));
    }

    /**
     * Runs benchmarks.
     *
     * @param packages in which their classes are, whose names end with {@code Benchmark}
     * @param json the file for all results; its folder is made
     * @throws IOException if the folder cannot be made
     * @throws RunnerException if a benchmark fails
     */
    public Collection<RunResult> run(List<String> packages, Path json) throws IOException, RunnerException {
        Path folder = json.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        OptionsBuilder options = new OptionsBuilder();
        packages.forEach(name -> options.include("^" + name.replace(".", "\\.") + "\\.\\w+Benchmark\\..*"));
        Options all = options.forks(forks)
                .jvmArgsAppend("-Xmx1g")
                .warmupIterations(iterations)
                .warmupTime(iteration)
                .measurementIterations(iterations)
                .measurementTime(iteration)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .resultFormat(ResultFormatType.JSON)
                .result(json.toString())
                .build();
        return new Runner(all).run();
    }

    /** The name of the benchmark's class without its end, in words. */
    public static String subject(BenchmarkParams params) {
        String[] name = params.getBenchmark().split("\\.", -1);
        return name[name.length - 2]
                .replace("Benchmark", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** The name of its method. */
    public static String method(BenchmarkParams params) {
        String[] name = params.getBenchmark().split("\\.", -1);
        return name[name.length - 1];
    }

    /** What stands behind its name: each parameter, after a space. */
    public static String parameters(BenchmarkParams params) {
        StringBuilder all = new StringBuilder();
        params.getParamsKeys().forEach(key -> all.append(' ').append(params.getParam(key)));
        return all.toString();
    }

    /** How long one operation took, in ns. */
    public static double time(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    /** How many bytes one operation allocated; not a number when that is not known. */
    public static double allocated(RunResult result) {
        for (String name : result.getSecondaryResults().keySet()) {
            if (name.endsWith(ALLOCATED)) {
                return result.getSecondaryResults().get(name).getScore();
            }
        }
        return Double.NaN;
    }
}

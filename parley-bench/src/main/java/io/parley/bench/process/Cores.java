package io.parley.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which core is whose: the server gets the first that this process may use, the load the last, so that neither takes
 * the other's time. Where there is one core, or no {@code taskset}, nothing is pinned.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class Cores {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    private final List<Integer> usable;

    private Cores(List<Integer> usable) {
        this.usable = usable;
    }

    /** The cores of this process. */
    public static Cores find() {
        try {
            List<Integer> allowed = allowed();
            return new Cores(allowed.size() >= 2 && run("taskset", "--version") ? allowed : List.of());
        } catch (IOException noLinux) {
            return new Cores(List.of());
        }
    }

    /** Pins this process, with all its threads, to its core. */
    public void pinThisProcess() throws IOException {
        if (arePinned()) {
            String core = usable.get(usable.size() - 1).toString();
            run(
                    "taskset",
                    "-a",
                    "-c",
                    "-p",
                    core,
                    Long.toString(ProcessHandle.current().pid()));
        }
    }

    /** Whether server and load have a core of their own. */
    public boolean arePinned() {
        return !usable.isEmpty();
    }

    /** What stands before the command of a server. */
    public List<String> serverPrefix() {
        return arePinned() ? List.of("taskset", "-c", usable.get(0).toString()) : List.of();
    }

    /** What stands before the command of a server that may use all cores, those of the load, too. */
    List<String> allPrefix() {
        String all = usable.stream().map(String::valueOf).collect(Collectors.joining(","));
        return arePinned() ? List.of("taskset", "-c", all) : List.of();
    }

    /** What stands before the command of a program that is part of the load. */
    public List<String> loadPrefix() {
        return arePinned()
                ? List.of("taskset", "-c", usable.get(usable.size() - 1).toString())
                : List.of();
    }

    private static List<Integer> allowed() throws IOException {
        String ranges = Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(ALLOWED))
                .findFirst()
                .map(line -> line.substring(ALLOWED.length()).strip())
                .orElse("");
        List<Integer> cores = new ArrayList<>();
        for (String range : ranges.split(",", -1)) {
            String[] ends = range.split("-", -1);
            int last = Integer.parseInt(ends[ends.length - 1]);
            IntStream.rangeClosed(Integer.parseInt(ends[0]), last).forEach(cores::add);
        }
        return cores;
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

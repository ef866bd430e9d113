package io.parley.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the jar that people run, as they do; closing it ends what it started. */
final class ParleyJar implements AutoCloseable {

    static final Path JAR = Path.of("target", "parley.jar").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 60; // for a Java process to start and end, on a loaded machine

    private final Path folder;
    private final List<Process> started = new ArrayList<>();

    /** Keeps what goes to standard error in files in that folder. */
    ParleyJar(Path folder) {
        this.folder = folder;
    }

    /** The command line of the jar with arguments; without the optimizing compiler, which does not pay off in a second. */
    static List<String> command(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString()));
        command.addAll(List.of(args));
        return command;
    }

    /** The same for a process that is to be interrupted: what runs in the background ignores that, and its children too. */
    static List<String> interruptible(String... args) {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(command(args));
        return command;
    }

    Process start(String... args) {
        return start(command(args));
    }

    Process start(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(folder.resolve("errors-" + started.size()).toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        try {
            Process process = builder.start();
            started.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command, e);
        }
    }

    /** What it wrote to standard error so far. */
    String errors(Process process) {
        try {
            return Files.readString(folder.resolve("errors-" + started.indexOf(process)));
        } catch (IOException e) {
            throw new UncheckedIOException("No standard error of " + process, e);
        }
    }

    /** Gives it input, all of it. */
    static void write(Process process, String input) {
        try (var stdin = process.outputWriter(UTF_8)) {
            stdin.write(input);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + process, e);
        }
    }

    /** All that it writes to standard output, until it ends. */
    static String output(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read from " + process, e);
        }
    }

    /** Waits for its end and gives the exit code. */
    int exitCode(Process process) {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(process + " still runs (expected: it has ended); errors: " + errors(process));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }
}

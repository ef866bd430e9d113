package io.parley.bench.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.PeerProgram;
import io.parley.bench.peer.PeerSetup;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server under test. It ends with {@link #close}, and with this process at the latest.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
public final class PeerProcess implements AutoCloseable {

    private static final int STIME = 12; // field of /proc/PID/stat, counted from the one after the name
    private static final int TICK_MILLIS = 10; // of that file, on every machine that a JVM runs on

    private final ProcessBuilder command;
    private final Process process;
    private final BufferedReader answers;
    private final int port;
    private final long startNanos;
    private @Nullable Path recording; // null unless it is recorded

    private PeerProcess(ProcessBuilder command, Process process, long startNanos) throws IOException {
        this.command = command;
        this.process = process;
        this.startNanos = startNanos;
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        port = Math.toIntExact(answer(PeerProgram.PORT));
    }

    /**
     * Starts a server, on the same JVM, class path and options for all that run on one. It listens when this returns.
     *
     * @param jvmOptions more options for its JVM
     * @throws IOException if it does not start
     */
    public static PeerProcess start(PeerKind kind, PeerSetup setup, Cores cores, List<String> jvmOptions)
            throws IOException {
        return start(PeerCommand.of(kind, setup, cores, jvmOptions));
    }

    /** Starts the program of a server by that command. */
    static PeerProcess start(ProcessBuilder command) throws IOException {
        long startNanos = System.nanoTime();
        Process process = command.start();
        try {
            return new PeerProcess(command, process, startNanos);
        } catch (IOException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    /** Starts one more that is the same, and listens on a port of its own. */
    public PeerProcess another() throws IOException {
        return start(command);
    }

    /** Lets it know that nothing more is asked: it ends, and its JVM writes what it was told to write then. */
    void end(Duration atMost) throws IOException, InterruptedException {
        process.outputWriter(UTF_8).close();
        if (!process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IOException("The program still runs (expected: it ends with its standard input)");
        }
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** How long ago it was started. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** CPU time that it has used, in the kernel too; counted by the system in steps of 10 ms. */
    public Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The kernel's part of it, as its clock found it, 100 times a second or more; empty where the system does not tell. */
    public Optional<Duration> kernelTime() throws IOException {
        Path stat = proc("stat");
        if (!Files.exists(stat)) {
            return Optional.empty();
        }
        String line = Files.readString(stat, ISO_8859_1);
        String[] afterName = line.substring(line.lastIndexOf(')') + 2).split(" ", -1); // a name may have spaces
        return Optional.of(Duration.ofMillis(Long.parseLong(afterName[STIME]) * TICK_MILLIS));
    }

    /** How long the compilers of its JVM have worked, or waited for the core in between; zero where it has none. */
    public Duration compileTime() throws IOException {
        return Duration.ofMillis(ask(PeerProgram.COMPILED));
    }

    /** Bytes in use on its heap after a full collection. */
    public long liveHeapBytes() throws IOException {
        return ask(PeerProgram.HEAP);
    }

    /** Bytes that its buffers hold outside of the heap. */
    public long directBytes() throws IOException {
        return ask(PeerProgram.DIRECT);
    }

    /**
     * From now on, what it does while it is measured is recorded there, for JDK Mission Control or {@code jfr}.
     *
     * @param file absolute
     */
    public void recordInto(Path file) {
        recording = file;
    }

    /**
     * It is measured from now on.
     *
     * @return whether that is recorded, which it had to prepare for
     */
    public boolean beginRecording() throws IOException {
        if (recording == null) {
            return false;
        }
        ask(PeerProgram.RECORD);
        return true;
    }

    /** It is no longer measured. */
    public void endRecording() throws IOException {
        if (recording != null) {
            ask(PeerProgram.RECORDED + recording + " ");
        }
    }

    /**
     * Asks it something.
     *
     * @param question as in {@link PeerProgram}
     */
    public long ask(String question) throws IOException {
        process.outputWriter(UTF_8).append(question).append('\n').flush();
        return answer(question);
    }

    /** Bytes of physical memory that it holds; -1 where the system does not tell. */
    public long residentBytes() throws IOException {
        long kibibytes = status("VmRSS:");
        return kibibytes < 0 ? -1 : kibibytes * 1024;
    }

    /** Threads of the system that it has; -1 where the system does not tell. */
    public long threads() throws IOException {
        return status("Threads:");
    }

    /** Files that it has open, sockets among them; -1 where the system does not tell. */
    public long openFiles() throws IOException {
        Path files = proc("fd");
        if (!Files.isDirectory(files)) {
            return -1;
        }
        try (Stream<Path> open = Files.list(files)) {
            return open.count();
        }
    }

    /** The number in a line of the system's account of it; -1 where there is none. */
    private long status(String name) throws IOException {
        Path status = proc("status");
        if (!Files.exists(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(-1);
    }

    private Path proc(String name) {
        return Path.of("/proc", Long.toString(process.pid()), name);
    }

    private long answer(String prefix) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(prefix)) {
                return Long.parseLong(line.substring(prefix.length()));
            }
        }
        throw new EOFException("The server ended (expected: a line '" + prefix + "…'); what it said stands above");
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

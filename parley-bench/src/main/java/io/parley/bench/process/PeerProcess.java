package io.parley.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.PeerProgram;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A server under test. It ends with {@link #close}, and with this process at the latest.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
public final class PeerProcess implements AutoCloseable {

    private static final String RESIDENT = "VmRSS:";

    private final Process process;
    private final BufferedReader answers;
    private final int port;

    /** Of a program that has been started; waits until it listens. */
    PeerProcess(Process process) throws IOException {
        this.process = process;
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        port = Math.toIntExact(answer(PeerProgram.PORT));
    }

    /**
     * Starts a server with the same JVM, class path and options for all. It listens when this returns.
     *
     * @param deflate whether it compresses for clients that offer it
     * @param jvmOptions more options for its JVM
     * @throws IOException if it does not start
     */
    public static PeerProcess start(PeerKind kind, boolean deflate, Cores cores, List<String> jvmOptions)
            throws IOException {
        List<String> command = new ArrayList<>(cores.serverPrefix());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PeerProgram.class.getName(), kind.key()));
        if (deflate) {
            command.add(PeerProgram.DEFLATE);
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new PeerProcess(process);
        } catch (IOException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    /** The collector is the one that a JVM takes on one core; said, so that it is the same where nothing is pinned. */
    private static List<String> options() {
        List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC", "-Xmx1g"));
        if (Runtime.version().feature() >= 24) { // only there do they exist, and only there is it warned without them
            options.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        return options;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** CPU time that it has used, in the kernel too; counted by the system in steps of 10 ms. */
    public Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Bytes in use on its heap after a full collection. */
    public long liveHeapBytes() throws IOException {
        process.outputWriter(UTF_8).append(PeerProgram.HEAP).append('\n').flush();
        return answer(PeerProgram.HEAP);
    }

    /** Bytes of physical memory that it holds; -1 where the system does not tell. */
    public long residentBytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(RESIDENT))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(-1);
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

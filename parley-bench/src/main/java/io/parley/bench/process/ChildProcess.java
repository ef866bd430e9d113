package io.parley.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of the bench in a process of its own, which says a number when it is ready and ends with its standard
 * input, so with this process at the latest.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
public final class ChildProcess implements AutoCloseable {

    private static final String SAID = "ready ";

    private final Process process;
    private final int said;

    private ChildProcess(Process process) throws IOException {
        this.process = process;
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        String line;
        do { // the JVM itself may speak first, of a recording that it has begun
            line = out.readLine();
            if (line == null) {
                throw new EOFException("The process ended (expected: " + SAID + "…); what it said stands above");
            }
        } while (!line.startsWith(SAID));
        said = Integer.parseInt(line.substring(SAID.length()));
    }

    /**
     * Starts a program; it is ready when this returns.
     *
     * @param prefix what stands before the command: where it may run
     * @param jvmOptions more options for its JVM
     * @throws IOException if it does not start, or ends before it is ready
     */
    public static ChildProcess start(List<String> prefix, List<String> jvmOptions, Class<?> program, String... args)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx1g"));
        if (Runtime.version().feature() >= 24) { // only there do they exist, and only there is it warned without them
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new ChildProcess(process);
        } catch (IOException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    /** In the child: it is ready. */
    public static void say(int number) {
        System.out.println(SAID + number);
    }

    /** In the child: waits for the parent, and ends. */
    public static void awaitEnd() throws IOException {
        while (System.in.read() >= 0) {
            // nothing is expected
        }
        System.exit(0);
    }

    /** The number that it said. */
    public int said() {
        return said;
    }

    /** Fails if it has ended by itself. */
    public void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("The process ended with " + process.exitValue() + "; what it said stands above");
        }
    }

    /** CPU time that it has used. */
    public Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException expected) {
            process.destroyForcibly(); // it was gone already
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

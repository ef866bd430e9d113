package io.parley.bench.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The classes of a program as a JVM has loaded them in an earlier run, in a file that later runs map: an AOT cache on
 * JDK 25 and later, else an archive of class data. Made by a run in which the program does once what is to start fast.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class ClassArchive {

    private static final boolean IS_AOT_CACHE = Runtime.version().feature() >= 25;
    private static final Duration PATIENCE = Duration.ofMinutes(2); // for a JVM to write it, on a loaded machine

    private final Path file;

    private ClassArchive(Path file) {
        this.file = file;
    }

    /** How a program is started, given more options for its JVM. */
    public interface Command {

        /** Its process, not yet started; it ends with its standard input. */
        ProcessBuilder with(List<String> jvmOptions) throws IOException;
    }

    /** What the program is asked to do. */
    public interface Training {

        /** Asks it, and waits for its answers. */
        void run(PeerProcess server) throws IOException;
    }

    /** Whether a JVM can make one of that class path: of jars it can, of folders it cannot. */
    public static boolean isPossible(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator, -1))
                .noneMatch(entry -> Files.isDirectory(Path.of(entry)));
    }

    /**
     * Makes the archive of a program.
     *
     * @param folder where it is kept
     * @param name of the program, one for each
     * @param program the same command, with the same options otherwise, as that which will use it
     * @throws IOException if the program does not start or answers wrongly, or its JVM writes no archive
     */
    public static ClassArchive make(Path folder, String name, Command program, Training training) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name + "-" + Runtime.version().feature() + (IS_AOT_CACHE ? ".aot" : ".jsa"));
        Path unfinished = folder.resolve(file.getFileName() + ".new");
        discard(unfinished);
        try {
            train(program.with(recordingTo(unfinished)), training);
            if (!Files.exists(unfinished)) {
                throw new IOException("No archive of " + name + " (expected: one in " + unfinished
                        + " when its process has ended); what its JVM said stands above");
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            return new ClassArchive(file);
        } finally {
            discard(unfinished);
        }
    }

    private static void train(ProcessBuilder program, Training training) throws IOException {
        try (PeerProcess server = PeerProcess.start(program)) {
            training.run(server);
            server.end(PATIENCE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while an archive was made", interrupted);
        }
    }

    /** What a JVM that was stopped has left: the archive, and the notes for an AOT cache. */
    private static void discard(Path unfinished) throws IOException {
        Files.deleteIfExists(unfinished);
        Files.deleteIfExists(unfinished.resolveSibling(unfinished.getFileName() + ".config"));
    }

    private static List<String> recordingTo(Path file) {
        return List.of((IS_AOT_CACHE ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + file);
    }

    /** What a JVM needs to be told to start with it; one that it does not fit starts without. */
    public List<String> jvmOptions() {
        return List.of((IS_AOT_CACHE ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file);
    }
}

package io.parley.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.PeerProgram;
import io.parley.bench.peer.PeerSetup;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that starts a server under test. */
final class PeerCommand {

    private static final String NODE_SCRIPT = "server.cjs";

    private PeerCommand() {}

    /**
     * For a kind and what it is to be; where the number of event loops is said, it gets all cores.
     *
     * @param jvmOptions more options, where it runs on a JVM
     * @throws IOException if what it runs on is not installed
     */
    static ProcessBuilder of(PeerKind kind, PeerSetup setup, Cores cores, List<String> jvmOptions) throws IOException {
        List<String> command = new ArrayList<>(setup.loops() > 0 ? cores.allPrefix() : cores.serverPrefix());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        String classPath = System.getProperty("java.class.path");
        switch (kind.platform()) {
            case JVM -> command.addAll(java(kind, jvmOptions, classPath));
            case JVM_WITH_OWN_LIBRARIES ->
                command.addAll(java(kind, jvmOptions, ownLibraries(kind) + File.pathSeparator + classPath));
            case NODE -> {
                command.addAll(List.of("node", "--expose-gc", "-e", nodeScript()));
                builder.environment().put("NODE_PATH", nodeModules().toString());
            }
        }
        command.addAll(setup.arguments());
        return builder;
    }

    private static List<String> java(PeerKind kind, List<String> jvmOptions, String classPath) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(commonOptions());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath, PeerProgram.class.getName(), kind.key()));
        return command;
    }

    /** The collector is the one that a JVM takes on one core; said, so that it is the same where nothing is pinned. */
    private static List<String> commonOptions() {
        List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC", "-Xmx1g"));
        if (Runtime.version().feature() >= 24) { // only there do they exist, and only there is it warned without them
            options.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        return options;
    }

    private static String ownLibraries(PeerKind kind) throws IOException {
        return present(buildFolder().resolve(kind.key()), "copied by the build of parley-bench") + File.separator + "*";
    }

    /** Those of the test kit, whose lock file names the versions. */
    private static Path nodeModules() throws IOException {
        Path root = requireNonNull(buildFolder().toAbsolutePath().getParent()).resolveSibling("parley-testkit");
        return present(root.resolve("target/npm/node_modules"), "installed by the build of parley-testkit");
    }

    private static Path present(Path folder, String by) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("No folder " + folder + " (expected: " + by + ")");
        }
        return folder;
    }

    /** Where the classes of this program are, or the jar with them. */
    static Path buildFolder() throws IOException {
        try {
            Path classes = Path.of(PeerCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return requireNonNull(classes.getParent());
        } catch (URISyntaxException wrong) {
            throw new IOException("No folder of this program: " + wrong.getMessage(), wrong);
        }
    }

    private static String nodeScript() throws IOException {
        try (InputStream script = PeerProgram.class.getResourceAsStream(NODE_SCRIPT)) {
            return new String(requireNonNull(script, NODE_SCRIPT).readAllBytes(), UTF_8);
        }
    }
}

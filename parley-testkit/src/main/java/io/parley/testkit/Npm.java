package io.parley.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the peers from npm are: installed by this module's build. */
final class Npm {

    private Npm() {}

    /** The folder that holds {@code node_modules}. */
    static Path installed() {
        Path folder = testkit().resolve("target/npm");
        if (!Files.exists(folder.resolve(".installed"))) {
            throw new IllegalStateException("No npm peers in " + folder
                    + " (expected: installed by the build); run mvn -pl parley-testkit process-classes");
        }
        return folder;
    }

    /** The scripts that come with the test kit. */
    static Path scripts() {
        return testkit().resolve("src/main/npm/lib");
    }

    private static Path testkit() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve("parley-testkit");
            if (Files.exists(candidate.resolve("src/main/npm/package-lock.json"))) {
                return candidate;
            }
        }
        throw new IllegalStateException(
                "No folder parley-testkit above " + start + " (expected: a test of this project)");
    }
}

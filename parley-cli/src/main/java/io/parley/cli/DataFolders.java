package io.parley.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where data are kept unless the user says otherwise (XDG Base Directory Specification, on macOS and Windows alike). */
final class DataFolders {

    private DataFolders() {}

    /** The folder of that name in the user's data directory. */
    static Path inUserData(String name, Map<String, String> environment, String home) {
        return xdgDataHome(environment)
                .orElseGet(() -> Path.of(home, ".local", "share"))
                .resolve("parley")
                .resolve(name);
    }

    /** The specification wants relative paths ignored. */
    private static Optional<Path> xdgDataHome(Map<String, String> environment) {
        try {
            return Optional.ofNullable(environment.get("XDG_DATA_HOME"))
                    .filter(path -> !path.isEmpty())
                    .map(Path::of)
                    .filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}

package io.parley.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where data are kept unless the user says otherwise (XDG Base Directory Specification, on macOS and Windows alike). */
final class DataFolders {

    private DataFolders() {}

    /** The folder of that name in the user's data directory. */
    static Path inUserData(String name, Map<String, String> environment, String home) {
        return in(environment, "XDG_DATA_HOME", Path.of(home, ".local", "share"), name);
    }

    /** The file or folder of that name in the user's directory for what programs remember. */
    static Path inUserState(String name, Map<String, String> environment, String home) {
        return in(environment, "XDG_STATE_HOME", Path.of(home, ".local", "state"), name);
    }

    private static Path in(Map<String, String> environment, String variable, Path otherwise, String name) {
        return absolute(environment.get(variable))
                .orElse(otherwise)
                .resolve("parley")
                .resolve(name);
    }

    /** The specification wants relative paths ignored. */
    private static Optional<Path> absolute(@Nullable String path) {
        try {
            return Optional.ofNullable(path)
                    .filter(given -> !given.isEmpty())
                    .map(Path::of)
                    .filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}

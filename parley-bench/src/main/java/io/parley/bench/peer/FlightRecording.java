package io.parley.bench.peer;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/**
 * A recording of what this process does, by the JDK's Flight Recorder.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
final class FlightRecording {

    private static final String SETTINGS = "profile"; // of the JDK: samples of all threads, a hundred times a second

    private @Nullable Recording recording; // null unless one is under way

    /** Begins one. */
    long begin() throws IOException {
        try {
            recording = new Recording(Configuration.getConfiguration(SETTINGS));
        } catch (ParseException broken) {
            throw new IOException("Settings " + SETTINGS + " of the Flight Recorder: " + broken.getMessage(), broken);
        }
        recording.start();
        return 0;
    }

    /**
     * Ends it.
     *
     * @return bytes of the file
     */
    long end(Path file) throws IOException {
        try (Recording ended = requireNonNull(recording, "recording")) {
            recording = null;
            ended.stop();
            ended.dump(file);
        }
        return Files.size(file);
    }
}

package io.parley.bench.process;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.PeerSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * The archives of the servers' programs, each made when it is asked for the first time: anew in each bench, for nothing
 * tells whether one of an earlier bench is of the same classes.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
public final class Archives {

    private static final Map<PeerKind, ClassArchive> MADE = new EnumMap<>(PeerKind.class);

    private Archives() {}

    /**
     * That of a server.
     *
     * @throws IOException if it cannot be made
     */
    public static ClassArchive of(PeerKind kind, PeerSetup setup, Cores cores, ClassArchive.Training training)
            throws IOException {
        String classPath = System.getProperty("java.class.path");
        if (!ClassArchive.isPossible(classPath)) {
            throw new IOException("No archive of the class path " + classPath + " (expected: jars, no folder)");
        }
        ClassArchive archive = MADE.get(kind);
        if (archive == null) {
            Path folder = PeerCommand.buildFolder().resolve("archives");
            archive = ClassArchive.make(
                    folder, kind.key(), options -> PeerCommand.of(kind, setup, cores, options), training);
            MADE.put(kind, archive);
        }
        return archive;
    }
}

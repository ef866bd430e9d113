package io.parley.websocket.server;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where static files come from. Called on handler threads. */
interface FileSource {

    /**
     * The file at a checked path, see {@link FilePath}.
     *
     * @return null when there is none, or when it is no file
     */
    @Nullable
    StaticFile find(String path) throws IOException;
}

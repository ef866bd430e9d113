package io.parley.websocket.server;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** One file, as it is at the time of the request. */
interface StaticFile {

    /** What changes with the content, without quotes. */
    String tag();

    /** When the content was changed, to the second; empty when that is not known. */
    Optional<Instant> lastModified();

    /**
     * The answer with the file as its body.
     *
     * @param head without a body
     * @param withBody false when only the head is asked for
     */
    Answer answer(HttpResponse head, boolean withBody) throws IOException;
}

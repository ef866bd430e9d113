package io.parley.cli.connect;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to do with a connection.
 *
 * @param sends messages to send instead of those that are typed or piped in; empty for none
 * @param binary whether lines are sent as binary messages
 * @param binaryForm how binary messages stand in lines
 * @param maxMessages how many messages to wait for before closing; 0 for no limit
 * @param patience how long the server must have been silent, after the last line, before it is closed; null for ever
 * @param json whether each event is told as a JSON object
 * @param quiet whether nothing but messages is told
 */
public record Plan(
        List<String> sends,
        boolean binary,
        BinaryForm binaryForm,
        int maxMessages,
        @Nullable Duration patience,
        boolean json,
        boolean quiet) {

    /** Takes a copy of the list. */
    public Plan {
        sends = List.copyOf(sends);
    }
}

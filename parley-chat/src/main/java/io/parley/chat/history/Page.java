package io.parley.chat.history;

import io.parley.chat.domain.Message;
import java.util.List;

/**
 * A part of a room's history.
 *
 * @param messages oldest first
 * @param more whether there are more in the direction of reading: older ones, or newer ones for a page after an id
 */
public record Page(List<Message> messages, boolean more) {

    /** The most messages in a page. */
    public static final int MAX_SIZE = 200;

    /** The messages in a page for those who do not say. */
    public static final int DEFAULT_SIZE = 50;
}

package io.parley.socketio.adapter;

import static java.util.Objects.requireNonNull;

/**
 * The place of one event in an adapter's log. The client keeps the text of the last event it had, and says it when it
 * comes back.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param text as it stands on the wire, behind the last argument of the event; opaque to client and server
 * @param position grows along the log, so that two events of one namespace can be compared
 */
public record Offset(String text, long position) {

    /** Checks that there is a text. */
    public Offset {
        requireNonNull(text, "text");
    }
}

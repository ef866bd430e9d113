package io.parley.websocket;

import java.io.InputStream;
import java.io.Reader;

/**
 * A message that is read while it arrives, so that it is never in memory as a whole. When its reader is slow the peer
 * has to wait; what is left unread when the handler returns is skipped.
 *
 * <p>A read blocks until there is something. It fails with an {@link java.io.IOException} that says why when the
 * connection ends inside the message.
 *
 * <p><b>Threading.</b> For one thread at a time.
 */
public interface MessageStream {

    /** Whether this is a text message; a binary one otherwise. */
    boolean isText();

    /** The bytes of the message; those of a text are valid UTF-8. Always the same stream. */
    InputStream bytes();

    /** The characters of a text message. Use either this or {@link #bytes}. */
    Reader text();
}

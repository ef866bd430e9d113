package io.parley.socketio;

import org.jspecify.annotations.Nullable;

/**
 * The peer sent another argument than the one that was asked for: {@code "say": argument 0 is a number: 42 (expected: a
 * string)}, {@code "order": argument 0: /items/2/price is a string: "1.50" (expected: a number)}.
 */
public final class ArgumentException extends SocketIoException {

    private static final long serialVersionUID = 1L;

    /** The {@link #argument} of an error that is not about a single one. */
    public static final int NO_ARGUMENT = -1;

    private final String event;
    private final int argument;
    private final String path;

    /** With a message for people. */
    public ArgumentException(String message) {
        this(message, null);
    }

    /** With a message for people and what led to it. */
    public ArgumentException(String message, @Nullable Throwable cause) {
        this("", NO_ARGUMENT, "", message, cause);
    }

    ArgumentException(String event, int argument, String path, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.event = event;
        this.argument = argument;
        this.path = path;
    }

    /** The same of the answer to an event. */
    ArgumentException answering(String asked) {
        return new ArgumentException(asked, argument, path, '"' + asked + "\": " + getMessage(), getCause());
    }

    /** The name of the event, shortened if it is long; that of the question if it was an answer; empty if it is not known. */
    public String event() {
        return event;
    }

    /** Which argument it is, from 0; {@link #NO_ARGUMENT} if it is not about a single one. */
    public int argument() {
        return argument;
    }

    /** A JSON pointer (RFC 6901) to the wrong field of the argument; empty for the argument as a whole. */
    public String path() {
        return path;
    }
}

package io.parley.socketio;

import org.jspecify.annotations.Nullable;

/**
 * The peer sent another argument than the one that was asked for: {@code Argument 0 of "say" is a number: 42 (expected:
 * a string)}.
 */
public final class ArgumentException extends SocketIoException {

    private static final long serialVersionUID = 1L;

    /** With a message for people. */
    public ArgumentException(String message) {
        super(message);
    }

    /** With a message for people and what led to it. */
    public ArgumentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package io.parley.socketio;

import org.jspecify.annotations.Nullable;

/** Something went wrong in Socket.IO; the message says what, and what was expected. */
public class SocketIoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message for people. */
    public SocketIoException(String message) {
        super(message);
    }

    /** With a message for people and what led to it. */
    public SocketIoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

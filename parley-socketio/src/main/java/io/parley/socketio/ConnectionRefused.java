package io.parley.socketio;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a middleware to refuse a client: it receives a {@code connect_error} with this message and these data
 * (Socket.IO protocol 5, CONNECT_ERROR).
 */
public final class ConnectionRefused extends SocketIoException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object data; // null when there is nothing to tell beyond the message

    /** Refuses without data. */
    public ConnectionRefused(String message) {
        this(message, null);
    }

    /**
     * Refuses with data.
     *
     * @param message what the client sees as {@code error.message}
     * @param data what the client sees as {@code error.data}: anything that becomes JSON; null to leave it out
     */
    public ConnectionRefused(String message, @Nullable Object data) {
        super(requireNonNull(message, "message"));
        this.data = data;
    }

    /** What the client sees as {@code error.data}; null when it is left out. */
    public @Nullable Object data() {
        return data;
    }

    /** Leaves the trace out: a refusal is an answer, not a failure. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}

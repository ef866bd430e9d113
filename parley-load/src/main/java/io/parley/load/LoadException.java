package io.parley.load;

/** The server did something else than what it is measured at, or nothing at all; the run has ended. */
public final class LoadException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String message;

    LoadException(String message) {
        super(message);
        this.message = message;
    }

    LoadException(String message, Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    /** What came, and what was expected. */
    public String message() {
        return message;
    }
}

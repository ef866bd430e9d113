package io.parley.chat.history;

/** The history cannot be read or written: a full disk, a damaged file, or it is closed. */
public final class HistoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HistoryException(String message, Throwable cause) {
        super(message, cause);
    }

    HistoryException(String message) {
        super(message);
    }
}

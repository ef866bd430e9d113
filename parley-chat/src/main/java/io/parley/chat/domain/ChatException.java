package io.parley.chat.domain;

import java.time.Duration;

/** A request that is refused: with a code for programs and a message for people. Immutable. */
public final class ChatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;
    private final Duration retryAfter;

    /** A request refused for {@code code}; the message says what was wrong, what was expected and what to do. */
    public ChatException(Code code, String message) {
        this(code, message, Duration.ZERO);
    }

    private ChatException(Code code, String message, Duration retryAfter) {
        super(message, null, false, false); // a refusal is an answer, not a fault: no stack trace
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** Too much at once: the same request is welcome after {@code retryAfter}. */
    static ChatException flood(Duration retryAfter) {
        double seconds = Math.max(0.1, Math.ceil(retryAfter.toMillis() / 100.0) / 10);
        return new ChatException(Code.FLOOD, "Too much at once: try again in " + seconds + " s.", retryAfter);
    }

    /** Why, for programs. */
    public Code code() {
        return code;
    }

    /** When to try again: positive for {@link Code#FLOOD}, otherwise zero. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Why a request is refused, for programs. */
    public enum Code {
        /** Somebody online has that name, or one that looks the same. */
        NAME_TAKEN,
        /** Not a name for a person. */
        NAME_INVALID,
        /** The session token is not one of ours, or too old, and no name came with it. */
        SESSION_INVALID,
        /** A field is missing or not what it should be. */
        INVALID,
        /** No such room. */
        NOT_FOUND,
        /** There is a room of that name already. */
        EXISTS,
        /** Too many requests at once. */
        FLOOD,
        /** A text or name is longer than allowed. */
        TOO_LONG,
        /** Only members of the room may do that. */
        NOT_MEMBER,
        /** The server has as many users or rooms as it takes. */
        LIMIT,
        /** The server cannot do it now; the same request may succeed later. */
        UNAVAILABLE,
        /** This server takes no guests. */
        GUESTS_OFF;

        /** The code as it goes over the wire: {@code "name_taken"}. */
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}

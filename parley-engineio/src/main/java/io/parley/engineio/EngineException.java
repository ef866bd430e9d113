package io.parley.engineio;

import static java.util.Objects.requireNonNull;

/** A peer broke Engine.IO's rules. The message says what was wrong and what was expected. */
public final class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final DisconnectReason reason;

    /** A mistake of the peer's that ends the session for {@code reason}. */
    public EngineException(DisconnectReason reason, String message) {
        super(requireNonNull(message, "message"));
        this.reason = requireNonNull(reason, "reason");
    }

    /** What was wrong, and what was expected. */
    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }

    /** Why the session ends. */
    public DisconnectReason reason() {
        return reason;
    }
}

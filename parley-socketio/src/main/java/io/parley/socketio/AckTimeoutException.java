package io.parley.socketio;

import java.util.List;

/**
 * An acknowledgement did not come in time: {@code operation has timed out}.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class AckTimeoutException extends SocketIoException {

    private static final long serialVersionUID = 1L;

    private final transient List<Arguments> replies;

    /**
     * With what came in time.
     *
     * @param replies the answers of the clients that did answer a broadcast; empty for an event to one client
     */
    public AckTimeoutException(List<Arguments> replies) {
        super("operation has timed out");
        this.replies = List.copyOf(replies);
    }

    /** The answers of the clients that did answer a broadcast, in the order in which they came. */
    public List<Arguments> replies() {
        return replies;
    }
}

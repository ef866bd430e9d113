package io.parley.websocket.client;

/**
 * The kinds of events, for {@link WebSocket#addListener}.
 *
 * @param <E> the events of that kind
 */
@SuppressWarnings("UnusedTypeParameter") // it ties a listener to its event, at the caller
public final class EventType<E extends Event> {

    /** The connection is established. */
    public static final EventType<OpenEvent> OPEN = new EventType<>("open");
    /** A message came. */
    public static final EventType<MessageEvent> MESSAGE = new EventType<>("message");
    /** Something went wrong; {@link #CLOSE} follows. */
    public static final EventType<ErrorEvent> ERROR = new EventType<>("error");
    /** The connection is closed. */
    public static final EventType<CloseEvent> CLOSE = new EventType<>("close");

    private final String name;

    private EventType(String name) {
        this.name = name;
    }

    /** The browser's name of it, such as {@code "open"}. */
    @Override
    public String toString() {
        return name;
    }
}

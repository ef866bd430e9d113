package io.parley.websocket.client;

/**
 * Something that happened to a {@link WebSocket}.
 *
 * <p><b>Threading.</b> Immutable.
 */
public sealed interface Event permits OpenEvent, MessageEvent, ErrorEvent, CloseEvent {

    /** Where it happened: the event's {@code target}. */
    WebSocket socket();
}

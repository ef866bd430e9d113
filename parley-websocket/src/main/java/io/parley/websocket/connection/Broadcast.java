package io.parley.websocket.connection;

import io.parley.websocket.PreparedMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One message on its way to many connections: each loop gets one task, which walks its connections. A task for each
 * recipient costs more than the rest of it, and wakes the loop before there is enough to send.
 *
 * <p><b>Threading.</b> Confined to one thread, which may be any.
 */
public final class Broadcast {

    private final PreparedMessage message;
    private final Map<NettyEventLoop, List<NettyWebSocketConnection>> recipients = new HashMap<>();

    /** A broadcast to nobody yet. */
    public Broadcast(PreparedMessage message) {
        this.message = message;
    }

    /** Adds a recipient; from now on the message counts as waiting for it. */
    public void add(NettyWebSocketConnection connection) {
        if (connection.accept(message)) {
            recipients
                    .computeIfAbsent(connection.eventLoop(), loop -> new ArrayList<>())
                    .add(connection);
        }
    }

    /** Sends it to all that were added. */
    public void send() {
        recipients.forEach(
                (loop, connections) -> loop.run(() -> connections.forEach(one -> one.sendAccepted(message))));
    }
}

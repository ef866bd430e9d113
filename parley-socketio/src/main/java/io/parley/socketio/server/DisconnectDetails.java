package io.parley.socketio.server;

import static java.util.Objects.requireNonNull;

import io.parley.engineio.TransportType;
import org.jspecify.annotations.Nullable;

/**
 * What exactly ended a socket, beside its {@link io.parley.socketio.DisconnectReason}.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param description what happened, for people; never empty. It may quote a few characters of what the client sent
 * @param transport what carried the connection at its end
 * @param cause the packet that could not be understood; null when it was something else
 */
public record DisconnectDetails(
        String description,
        TransportType transport,
        @Nullable Exception cause) {

    /** Checks that there is a description. */
    public DisconnectDetails {
        requireNonNull(description, "description");
        requireNonNull(transport, "transport");
    }
}

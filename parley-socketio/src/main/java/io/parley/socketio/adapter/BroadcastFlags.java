package io.parley.socketio.adapter;

import io.parley.engineio.packet.EncodedPacket;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a broadcast is sent.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param isVolatile whether it is dropped for recipients to which it could not leave at once
 * @param isLocal whether it stays on this server
 * @param compress whether it may be compressed where that was agreed on
 * @param timeout how long acknowledgements may take; null when none was set
 */
public record BroadcastFlags(
        boolean isVolatile,
        boolean isLocal,
        boolean compress,
        @Nullable Duration timeout) {

    /** No flag set. */
    public static final BroadcastFlags NONE = new BroadcastFlags(false, false, true, null);

    /** The messages as they are to be sent: without compression if the flags say so. */
    public List<EncodedPacket> applyTo(List<EncodedPacket> messages) {
        return compress
                ? messages
                : messages.stream().map(message -> message.compress(false)).toList();
    }
}

package io.parley.socketio.adapter;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a broadcast is sent.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param isVolatile whether it is dropped for recipients to which it could not leave at once
 * @param isLocal whether it stays on this server
 * @param timeout how long acknowledgements may take; null when none was set
 */
public record BroadcastFlags(
        boolean isVolatile, boolean isLocal, @Nullable Duration timeout) {

    /** No flag set. */
    public static final BroadcastFlags NONE = new BroadcastFlags(false, false, null);
}

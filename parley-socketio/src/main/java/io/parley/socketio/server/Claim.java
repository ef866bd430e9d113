package io.parley.socketio.server;

import io.parley.socketio.ArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of the session that it wants to go on with.
 *
 * @param offset of the last event that it had; null if it had none
 */
record Claim(String pid, @Nullable String offset) {

    /** The claim in a CONNECT packet; null when there is none that can be read. */
    static @Nullable Claim of(@Nullable String payload, SocketIoOptions options) {
        if (payload == null || !payload.contains("\"pid\"")) {
            return null;
        }
        try {
            Auth auth = new Auth(payload, options.codec());
            String pid = auth.string("pid");
            return pid == null ? null : new Claim(pid, auth.string("offset"));
        } catch (ArgumentException expected) { // beside it stands what the codec does not take: an endless number
            return null;
        }
    }

    /** Nothing of its content, which is secret. */
    @Override
    public String toString() {
        return "Claim";
    }
}

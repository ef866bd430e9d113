package io.parley.socketio.adapter;

import static java.util.Objects.requireNonNull;

import io.parley.socketio.Principal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a socket whose connection was lost, so that its client can come back.
 *
 * <p><b>Threading.</b> Immutable, but for the values of {@code data}.
 *
 * @param sid the socket's id
 * @param pid the secret by which the client is known again
 * @param rooms the rooms it was in, the one of its own id included
 * @param data what the application kept with it; the same map, not a copy, as long as it stays in this process
 * @param principal whose it is; null while it is nobody's. A session of one that has expired is not restored
 * @param progress how far the client was told
 */
public record SavedSession(
        String sid,
        String pid,
        Set<String> rooms,
        Map<String, Object> data,
        @Nullable Principal principal,
        Progress progress) {

    /** Checks that nothing is missing. */
    public SavedSession {
        requireNonNull(sid, "sid");
        requireNonNull(pid, "pid");
        rooms = Set.copyOf(rooms);
        requireNonNull(data, "data");
        requireNonNull(progress, "progress");
    }
}

package io.parley.socketio.server;

import io.parley.socketio.Principal;
import org.jspecify.annotations.Nullable;

/** Finds out whose a socket is by what its client says: a token in {@code auth}, mostly. */
@FunctionalInterface
public interface Authenticator {

    /**
     * Returns who it is, or throws to refuse.
     *
     * <p>Called on a handler thread, so it may block: when the client joins the namespace, and each time it shows
     * something newer ({@link AuthEvents#REFRESH}), in the order of the socket's events.
     *
     * @param auth what the client says now
     * @param socket not connected yet when it joins
     * @return null to let the client in as nobody; a client that refreshes is refused for that
     * @throws io.parley.socketio.ConnectionRefused to refuse: the client sees message and data
     * @throws Exception anything else refuses as well, as {@link ConnectionMiddleware} says
     */
    @Nullable
    Principal authenticate(Auth auth, Socket socket) throws Exception;
}

package io.parley.socketio.server;

import static java.util.Objects.requireNonNull;

import io.parley.socketio.Principal;
import org.jspecify.annotations.Nullable;

/**
 * The part of a socket that knows whose it is.
 *
 * <p><b>Threading.</b> Safe for any thread, but for methods whose name starts with {@code on}: they belong to the
 * event loop.
 */
abstract sealed class AuthenticatedSocket extends HandlingSocket permits PacedSocket {

    private volatile @Nullable Identity identity; // null until somebody asks who it is

    @Override
    public final @Nullable Principal principal() {
        Identity known = identity;
        return known == null ? null : known.principal();
    }

    @Override
    public final void authenticate(Principal principal) {
        identity().replace(requireNonNull(principal, "principal"));
    }

    /** Its session goes on, as that of the same user, whose room is among those of the session. */
    final void restorePrincipal(@Nullable Principal principal) {
        if (principal != null) {
            identity().restore(principal);
        }
    }

    /** What is known of whose it is. */
    final Identity identity() {
        Identity known = identity;
        return known != null ? known : makeIdentity();
    }

    private synchronized Identity makeIdentity() {
        Identity made = identity;
        if (made == null) {
            made = new Identity((NamespaceSocket) this);
            identity = made;
        }
        return made;
    }

    /** The socket has joined: from now on its principal may expire. */
    final void onIdentityBegins() {
        Identity known = identity;
        if (known != null) {
            ((NamespaceSocket) this).eventLoop().execute(known::onChanged); // not before its connection handlers
        }
    }

    /** The socket is over. */
    final void onIdentityEnds() {
        Identity known = identity;
        if (known != null) {
            known.onEnd();
        }
    }
}

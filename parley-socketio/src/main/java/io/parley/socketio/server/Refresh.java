package io.parley.socketio.server;

import io.parley.socketio.Ack;
import io.parley.socketio.Argument;
import io.parley.socketio.ArgumentException;
import io.parley.socketio.Arguments;
import io.parley.socketio.ConnectionRefused;
import io.parley.socketio.Principal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client shows what is to prolong its stay.
 *
 * <p><b>Threading.</b> A task of the socket's mailbox.
 */
final class Refresh {

    private static final Logger log = LoggerFactory.getLogger(Refresh.class);

    private Refresh() {}

    static void run(NamespaceSocket socket, Authenticator authenticator, Arguments arguments, Ack ack) {
        ConnectionRefused refused = attempt(socket, authenticator, arguments);
        if (refused == null) {
            ack.send(socket.identity().expiry());
        } else {
            log.debug("Socket {}: refresh refused: {}", socket.id(), refused.getMessage());
            ack.send(new Refusal(new Reason(refused.getMessage(), refused.data())));
        }
    }

    /** Returns null when it went well. */
    private static @Nullable ConnectionRefused attempt(
            NamespaceSocket socket, Authenticator authenticator, Arguments arguments) {
        try {
            if (!socket.identity().mayRefresh()) {
                throw new ConnectionRefused("too many attempts");
            }
            socket.authenticate(
                    sameUser(socket.principal(), authenticator.authenticate(auth(socket, arguments), socket), socket));
            return null;
        } catch (ConnectionRefused refused) {
            return refused;
        } catch (Throwable thrown) {
            return Dispatch.refusalOf(socket, AuthEvents.REFRESH, thrown);
        }
    }

    private static Principal sameUser(@Nullable Principal before, @Nullable Principal next, NamespaceSocket socket) {
        if (next == null) {
            throw new ConnectionRefused("unauthorized");
        }
        if (before != null && !before.name().equals(next.name())) {
            throw new ConnectionRefused("another user");
        }
        requireValid(next, socket.namespace().options());
        return next;
    }

    /** Refuses what has expired already. */
    static void requireValid(Principal principal, SocketIoOptions options) {
        if (principal.isExpired(options.clock().instant())) {
            throw new ConnectionRefused(AuthEvents.EXPIRED_DESCRIPTION);
        }
    }

    private static Auth auth(NamespaceSocket socket, Arguments arguments) {
        if (arguments.kind(0) != Argument.Kind.OBJECT) {
            throw new ArgumentException("auth is " + arguments + " (expected: an object)");
        }
        StringBuilder json = new StringBuilder();
        arguments.writeJson(0, json, socket.namespace().options().codec(), bytes -> {
            throw new ArgumentException("auth holds " + bytes.remaining() + " bytes (expected: no binary value)");
        });
        return new Auth(json.toString(), socket.namespace().options().codec());
    }

    /** The wire form. */
    private record Refusal(Reason error) {}

    private record Reason(
            @Nullable String message, @Nullable Object data) {}
}

package io.parley.socketio.server;

import io.parley.socketio.Ack;
import io.parley.socketio.ArgumentException;
import io.parley.socketio.Arguments;
import io.parley.socketio.ConnectionRefused;
import io.parley.socketio.DisconnectReason;
import io.parley.socketio.packet.Packet;
import io.parley.socketio.server.HandlerList.Cursor;
import io.parley.socketio.server.HandlerList.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the application's handlers of one socket. What one throws is told, and the next one runs.
 *
 * <p><b>Threading.</b> Each method is a task of the socket's mailbox.
 */
final class Dispatch {

    private static final Logger log = LoggerFactory.getLogger(Dispatch.class);

    private Dispatch() {}

    /** Runs the namespace's middleware; returns null to accept, or why the client is refused. */
    static @Nullable ConnectionRefused runMiddlewares(NamespaceSocket socket) {
        for (ConnectionMiddleware middleware : socket.namespace().middlewares()) {
            try {
                middleware.handle(socket);
            } catch (ConnectionRefused refused) {
                return refused;
            } catch (Throwable thrown) {
                return refusalOf(socket, "middleware", thrown);
            }
        }
        return null;
    }

    /** What the client is told when the application failed to decide; the rest is told to the application. */
    static ConnectionRefused refusalOf(NamespaceSocket socket, String event, Throwable thrown) {
        tell(socket, event, thrown);
        return new ConnectionRefused(thrown instanceof ArgumentException ? "invalid auth" : "internal server error");
    }

    static void runConnection(NamespaceSocket socket) {
        for (ConnectionHandler handler : socket.namespace().connectionHandlers()) {
            guarded(socket, "connection", () -> handler.handle(socket));
        }
    }

    static void runEvent(NamespaceSocket socket, Packet.Event packet) {
        if (socket.isLeaving()) {
            return; // the server put the client out: what it sent before it knew is not handled
        }
        Ack ack = EventAck.of(socket, packet.ackId());
        Authenticator authenticator = socket.namespace().authenticator();
        if (authenticator != null && packet.name().equals(AuthEvents.REFRESH)) {
            guarded(socket, AuthEvents.REFRESH, () -> Refresh.run(socket, authenticator, packet.arguments(), ack));
            return;
        }
        hear(socket, Kind.ANY, packet.name(), packet.arguments());
        if (socket.handlers().contains(Kind.MIDDLEWARE)) {
            IncomingEvent event = new IncomingEvent(packet.name(), packet.arguments(), ack.isRequested());
            if (passes(socket, event)) {
                handle(socket, event.name(), event.arguments(), ack);
            }
        } else {
            handle(socket, packet.name(), packet.arguments(), ack);
        }
    }

    static void runOutgoing(NamespaceSocket socket, Packet.Event packet) {
        hear(socket, Kind.ANY_OUTGOING, packet.name(), packet.arguments());
    }

    static void runDrain(NamespaceSocket socket) {
        for (Cursor entry = socket.handlers().cursor(); entry.next(); ) {
            if (entry.is(Kind.DRAIN)) {
                DrainHandler handler = (DrainHandler) entry.handler();
                guarded(socket, "drain", handler::handle);
            }
        }
    }

    static void runError(NamespaceSocket socket, Exception error) {
        if (!socket.handlers().contains(Kind.ERROR)) {
            log.debug("Socket {}: no error handler for", socket.id(), error);
        }
        for (Cursor entry = socket.handlers().cursor(); entry.next(); ) {
            if (entry.is(Kind.ERROR)) {
                SocketErrorHandler handler = (SocketErrorHandler) entry.handler();
                guarded(socket, "error", () -> handler.handle(error));
            }
        }
    }

    static void runDisconnect(NamespaceSocket socket, DisconnectReason reason, DisconnectDetails details) {
        runDisconnect(socket, Kind.DISCONNECTING, "disconnecting", reason, details);
        socket.forgetRooms();
        runDisconnect(socket, Kind.DISCONNECT, "disconnect", reason, details);
    }

    private static void runDisconnect(
            NamespaceSocket socket, Kind kind, String name, DisconnectReason reason, DisconnectDetails details) {
        for (Cursor entry = socket.handlers().cursor(); entry.next(); ) {
            if (entry.is(kind)) {
                DetailedDisconnectHandler handler = (DetailedDisconnectHandler) entry.handler();
                guarded(socket, name, () -> handler.handle(reason, details));
            }
        }
    }

    private static void hear(NamespaceSocket socket, Kind kind, String event, Arguments arguments) {
        for (Cursor entry = socket.handlers().cursor(); entry.next(); ) {
            if (entry.is(kind)) {
                hear(socket, event, arguments, (AnyEventListener) entry.handler());
            }
        }
    }

    private static void hear(NamespaceSocket socket, String event, Arguments arguments, AnyEventListener listener) {
        try {
            listener.onEvent(event, arguments);
        } catch (Throwable thrown) {
            tell(socket, event, "A catch-all listener", thrown);
        }
    }

    private static boolean passes(NamespaceSocket socket, IncomingEvent event) {
        for (Cursor entry = socket.handlers().cursor(); entry.next(); ) {
            if (entry.is(Kind.MIDDLEWARE) && !passes(socket, event, (EventMiddleware) entry.handler())) {
                return false;
            }
        }
        return true;
    }

    private static boolean passes(NamespaceSocket socket, IncomingEvent event, EventMiddleware middleware) {
        try {
            middleware.handle(event);
            return true;
        } catch (Exception refusal) {
            runError(socket, refusal);
            return false;
        } catch (Error thrown) {
            tell(socket, event.name(), "A middleware for events", thrown);
            return false;
        }
    }

    private static void handle(NamespaceSocket socket, String event, Arguments args, Ack ack) {
        for (Cursor entry = socket.handlers().cursor(); entry.next(); ) {
            if (entry.handles(event) && mayRun(socket, entry)) {
                handle(socket, event, args, ack, (EventHandler) entry.handler());
            }
        }
    }

    private static void handle(NamespaceSocket socket, String event, Arguments args, Ack ack, EventHandler handler) {
        try {
            handler.handle(args, ack);
        } catch (ArgumentException mismatch) {
            runError(socket, mismatch);
            guarded(socket, event, () -> socket.namespace().server().onInvalidArguments(socket, mismatch, ack));
        } catch (Throwable thrown) {
            tell(socket, event, thrown);
        }
    }

    /** What runs once goes before it runs; of two that find it there, one may have it. */
    private static boolean mayRun(NamespaceSocket socket, Cursor entry) {
        return !entry.isOnce() || socket.handlers().removeFirst(entry);
    }

    static void guarded(NamespaceSocket socket, String event, Handler handler) {
        try {
            handler.run();
        } catch (Throwable thrown) {
            tell(socket, event, thrown);
        }
    }

    private static void tell(NamespaceSocket socket, String event, String handler, Throwable thrown) {
        socket.namespace().server().onHandlerError(socket, event, handler, thrown);
    }

    private static void tell(NamespaceSocket socket, String event, Throwable thrown) {
        socket.namespace().server().onHandlerError(socket, event, thrown);
    }

    /** A handler with its arguments. */
    @FunctionalInterface
    interface Handler {
        void run() throws Exception;
    }
}

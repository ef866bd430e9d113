package io.parley.socketio.server;

import static java.util.Objects.requireNonNull;

import io.parley.socketio.AckEvent;
import io.parley.socketio.Event;
import io.parley.socketio.EventNames;
import io.parley.socketio.server.HandlerList.Cursor;
import io.parley.socketio.server.HandlerList.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The half of a socket that keeps the application's handlers; {@link Dispatch} runs them.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
abstract sealed class HandlingSocket extends HandlerList implements Socket permits AuthenticatedSocket {

    final HandlerList handlers() {
        return this;
    }

    @Override
    public final Socket on(String event, EventHandler handler) {
        return addHandler(event, false, handler, handler);
    }

    @Override
    public final <T> Socket on(String event, Class<T> type, ValueHandler<? super T> handler) {
        requireNonNull(type, "type");
        EventHandler reader = (args, ack) -> handler.handle(args.as(0, type));
        return addHandler(event, false, handler, reader);
    }

    @Override
    public final <T extends @Nullable Object> Socket on(Event<T> event, ValueHandler<? super T> handler) {
        return addHandler(event.name(), false, handler, Readers.of(event, handler));
    }

    @Override
    public final <T extends @Nullable Object, R extends @Nullable Object> Socket on(
            AckEvent<T, R> event, Responder<? super T, ? extends R> handler) {
        return addHandler(event.name(), false, handler, Readers.of(event, handler));
    }

    @Override
    public final Socket once(String event, EventHandler handler) {
        return addHandler(event, true, handler, handler);
    }

    @Override
    public final Socket off(String event) {
        requireNonNull(event, "event");
        handlers().removeIf(entry -> entry.handles(event));
        return this;
    }

    @Override
    public final Socket off(String event, Object handler) {
        requireNonNull(event, "event");
        requireNonNull(handler, "handler");
        handlers().removeIf(entry -> entry.handles(event) && entry.given().equals(handler));
        return this;
    }

    @Override
    public final Socket onAny(AnyEventListener listener) {
        return addHandler(Kind.ANY, listener);
    }

    @Override
    public final Socket prependAny(AnyEventListener listener) {
        return prependHandler(Kind.ANY, listener);
    }

    @Override
    public final Socket offAny(AnyEventListener listener) {
        return removeOne(Kind.ANY, listener);
    }

    @Override
    public final Socket offAny() {
        return removeAll(Kind.ANY);
    }

    @Override
    public final List<AnyEventListener> listenersAny() {
        return listeners(Kind.ANY);
    }

    @Override
    public final List<AnyEventListener> listenersAnyOutgoing() {
        return listeners(Kind.ANY_OUTGOING);
    }

    @Override
    public final Socket onAnyOutgoing(AnyEventListener listener) {
        return addHandler(Kind.ANY_OUTGOING, listener);
    }

    @Override
    public final Socket prependAnyOutgoing(AnyEventListener listener) {
        return prependHandler(Kind.ANY_OUTGOING, listener);
    }

    @Override
    public final Socket offAnyOutgoing(AnyEventListener listener) {
        return removeOne(Kind.ANY_OUTGOING, listener);
    }

    @Override
    public final Socket offAnyOutgoing() {
        return removeAll(Kind.ANY_OUTGOING);
    }

    @Override
    public final Socket use(EventMiddleware middleware) {
        return addHandler(Kind.MIDDLEWARE, middleware);
    }

    @Override
    public final Socket onDisconnecting(DisconnectHandler handler) {
        requireNonNull(handler, "handler");
        return onDisconnecting((reason, details) -> handler.handle(reason));
    }

    @Override
    public final Socket onDisconnecting(DetailedDisconnectHandler handler) {
        return addHandler(Kind.DISCONNECTING, handler);
    }

    @Override
    public final Socket onDisconnect(DisconnectHandler handler) {
        requireNonNull(handler, "handler");
        return onDisconnect((reason, details) -> handler.handle(reason));
    }

    @Override
    public final Socket onDisconnect(DetailedDisconnectHandler handler) {
        return addHandler(Kind.DISCONNECT, handler);
    }

    @Override
    public final Socket onDrain(DrainHandler handler) {
        return addHandler(Kind.DRAIN, handler);
    }

    @Override
    public final Socket onError(SocketErrorHandler handler) {
        return addHandler(Kind.ERROR, handler);
    }

    private Socket addHandler(String event, boolean once, Object given, EventHandler handler) {
        requireNonNull(given, "handler");
        handlers().addEvent(EventNames.requireUsable(event), once, given, handler);
        return this;
    }

    private Socket addHandler(Kind kind, Object handler) {
        handlers().add(kind, requireNonNull(handler, "handler"));
        return this;
    }

    private Socket prependHandler(Kind kind, Object handler) {
        handlers().prepend(kind, requireNonNull(handler, "handler"));
        return this;
    }

    /** Of a listener that was added twice, one stays: as in the official server. */
    private Socket removeOne(Kind kind, Object handler) {
        handlers().removeFirst(kind, requireNonNull(handler, "handler"));
        return this;
    }

    private List<AnyEventListener> listeners(Kind kind) {
        List<AnyEventListener> found = new ArrayList<>();
        for (Cursor entry = handlers().cursor(); entry.next(); ) {
            if (entry.is(kind)) {
                found.add((AnyEventListener) entry.handler());
            }
        }
        return List.copyOf(found);
    }

    private Socket removeAll(Kind kind) {
        handlers().removeIf(entry -> entry.is(kind));
        return this;
    }
}

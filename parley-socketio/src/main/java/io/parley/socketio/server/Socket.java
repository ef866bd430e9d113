package io.parley.socketio.server;

import io.parley.engineio.server.EngineSocket;
import io.parley.socketio.AckEvent;
import io.parley.socketio.Event;
import io.parley.socketio.Principal;
import io.parley.websocket.server.HttpRequest;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * One client in one namespace.
 *
 * <p><b>Threading.</b> Safe for any thread. Handlers (middleware, connection, events, disconnect) run on handler
 * threads, one at a time and in the order in which things arrived; the disconnect handlers are the last to run. A
 * handler that blocks keeps nobody waiting but this client. What a handler throws is logged and given to
 * {@link SocketIoServer#onError}, and changes nothing else. Handlers may be added and removed at any time; of several
 * for one event each runs, in the order in which they were added.
 */
public sealed interface Socket extends RemoteSocket permits HandlingSocket {

    /** The namespace it is in. */
    Namespace namespace();

    /** The connection that carries it, shared with the client's sockets in other namespaces. */
    EngineSocket connection();

    /** Whether it is connected: false in a middleware, and again from the moment it is disconnected. */
    boolean isConnected();

    /** The opposite of {@link #isConnected}. */
    default boolean isDisconnected() {
        return !isConnected();
    }

    /** The request that began the connection; the same as {@code connection().request()}. */
    default HttpRequest request() {
        return connection().request();
    }

    /** Whose it is; null while it is nobody's. It stays known after the end of the socket. */
    @Nullable
    Principal principal();

    /**
     * Says whose the socket is: in a middleware, or at any time later. All sockets of one user are reached by {@link
     * Broadcaster#user}. When the principal expires the client is told and the socket is disconnected ({@link
     * AuthEvents}); a principal that comes later takes the place of the one before.
     *
     * @throws IllegalArgumentException if the principal has expired already
     */
    void authenticate(Principal principal);

    /** What the application keeps with the socket; empty at first. */
    @Override
    ConcurrentMap<String, Object> data();

    /**
     * Handles events.
     *
     * @throws IllegalArgumentException if the name is reserved: there are methods of their own, like
     *     {@link #onDisconnect}
     */
    Socket on(String event, EventHandler handler);

    /**
     * Handles events by their first argument. For an event with an argument of another type the handler does not run;
     * the client is told, as {@link SocketIoOptions#invalidArguments} says.
     */
    <T> Socket on(String event, Class<T> type, ValueHandler<? super T> handler);

    /** Handles events that were declared; one whose arguments do not fit as {@link #on(String, Class, ValueHandler)}. */
    <T extends @Nullable Object> Socket on(Event<T> event, ValueHandler<? super T> handler);

    /** Answers events that were declared; one whose arguments do not fit as {@link #on(String, Class, ValueHandler)}. */
    <T extends @Nullable Object, R extends @Nullable Object> Socket on(
            AckEvent<T, R> event, Responder<? super T, ? extends R> handler);

    /** Handles the next event of that name only. */
    Socket once(String event, EventHandler handler);

    /** Removes every handler of an event. */
    Socket off(String event);

    /** Removes one handler of an event: the one that was given to {@code on} or {@code once}. */
    Socket off(String event, Object handler);

    /** Hears of every event that comes in, before the {@link #use middleware} and the handlers. */
    Socket onAny(AnyEventListener listener);

    /** Like {@link #onAny}, before those that are there. */
    Socket prependAny(AnyEventListener listener);

    /** Removes what {@link #onAny} or {@link #prependAny} added. */
    Socket offAny(AnyEventListener listener);

    /** Removes every listener of {@link #onAny} and {@link #prependAny}. */
    Socket offAny();

    /** The listeners of {@link #onAny} and {@link #prependAny}, in the order in which they hear; a copy. */
    List<AnyEventListener> listenersAny();

    /** Hears of every event that is sent to this client, broadcasts included, acknowledgements not. */
    Socket onAnyOutgoing(AnyEventListener listener);

    /** Like {@link #onAnyOutgoing}, before those that are there. */
    Socket prependAnyOutgoing(AnyEventListener listener);

    /** Removes what {@link #onAnyOutgoing} or {@link #prependAnyOutgoing} added. */
    Socket offAnyOutgoing(AnyEventListener listener);

    /** Removes every listener of {@link #onAnyOutgoing} and {@link #prependAnyOutgoing}. */
    Socket offAnyOutgoing();

    /** The listeners of {@link #onAnyOutgoing} and {@link #prependAnyOutgoing}, in order; a copy. */
    List<AnyEventListener> listenersAnyOutgoing();

    /**
     * Whether the client lost its connection and came back: the socket has the id, the rooms and the {@link #data} that
     * it had before, and the client has had, or is about to get, every event that it missed. False for a new session.
     */
    boolean recovered();

    /** Adds a middleware before the handlers of this socket. */
    Socket use(EventMiddleware middleware);

    /** Hears that the socket is being disconnected: {@link #rooms} still says where it was. */
    Socket onDisconnecting(DisconnectHandler handler);

    /** Like {@link #onDisconnecting(DisconnectHandler)}, with what exactly happened. */
    Socket onDisconnecting(DetailedDisconnectHandler handler);

    /** Hears that the socket is disconnected: it is in no room any more. */
    Socket onDisconnect(DisconnectHandler handler);

    /** Like {@link #onDisconnect(DisconnectHandler)}, with what exactly happened. */
    Socket onDisconnect(DetailedDisconnectHandler handler);

    /**
     * Whether events leave without much delay: fewer than {@link io.parley.engineio.server.EngineOptions#highWaterMark}
     * bytes wait for the connection, and none is held for this socket. When it is false, {@link #onDrain} follows. A
     * hint: the next moment it may be otherwise.
     */
    boolean isWritable();

    /**
     * Hears each time when the client has caught up: {@link #isWritable} is true after it was false. Add it before
     * anything is sent, for what happened before is not told again.
     */
    Socket onDrain(DrainHandler handler);

    /**
     * Bytes that were sent and are not with the network: those of the connection, which the client's other sockets
     * share, and those that are held for this socket ({@link SlowClientPolicy}).
     */
    long bufferedBytes();

    /** How many events were dropped on their way to this client, volatile ones included. */
    long droppedEvents();

    /** Hears what went wrong with what the client sent. */
    Socket onError(SocketErrorHandler handler);

    /** Reaches everybody in the namespace but this socket. */
    BroadcastOperator broadcast();

    /** Reaches rooms without this socket; see {@link Broadcaster#to}. */
    default BroadcastOperator to(String... rooms) {
        return broadcast().to(rooms);
    }

    /** The same as {@link #to}. */
    default BroadcastOperator in(String... rooms) {
        return broadcast().to(rooms);
    }

    /** Reaches everybody but this socket and whoever is in any of these rooms. */
    default BroadcastOperator except(String... rooms) {
        return broadcast().except(rooms);
    }

    /** Reaches everybody on this server but this socket. */
    default BroadcastOperator local() {
        return broadcast().local();
    }

    /** Leaves the namespace; the connection stays. The same as {@code disconnect(false)}. */
    default void disconnect() {
        disconnect(false);
    }
}

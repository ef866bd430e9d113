package io.parley.socketio.server;

import static java.util.Objects.requireNonNull;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.Ack;
import io.parley.socketio.AckEvent;
import io.parley.socketio.Arguments;
import io.parley.socketio.Event;
import io.parley.socketio.Principal;
import io.parley.socketio.adapter.Adapter;
import io.parley.socketio.adapter.AdapterFactory;
import io.parley.socketio.adapter.BroadcastOptions;
import io.parley.socketio.adapter.LocalNamespace;
import io.parley.socketio.adapter.LocalSocket;
import io.parley.socketio.adapter.RecoveryStore;
import io.parley.socketio.adapter.RoomListener;
import io.parley.socketio.adapter.SocketDetails;
import io.parley.socketio.packet.Packet;
import io.parley.websocket.IdTable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A part of the server that clients join by name, with sockets, rooms and middleware of its own. Made by
 * {@link SocketIoServer#of}.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
public sealed class Namespace implements Broadcaster permits ParentNamespace {

    private final SocketIoServer server;
    private final String name;
    private final IdTable<NamespaceSocket> sockets = new IdTable<>(NamespaceSocket::id);
    private final List<ConnectionMiddleware> middlewares = new CopyOnWriteArrayList<>();
    private final List<ConnectionHandler> connectionHandlers = new CopyOnWriteArrayList<>();
    private volatile @Nullable Authenticator authenticator; // null when nobody is asked who he is
    private final AtomicLong ackIds = new AtomicLong();
    private final BroadcastOperator everybody = new BroadcastOperator(this, BroadcastOptions.EVERYBODY);
    private final List<EncodedPacket> disconnectMessages;
    private final ServerSideEvents serverSideEvents;
    private final Adapter adapter;
    private final SlowClients slowClients;
    private final RateLimiting rateLimiting;
    private final @Nullable Childhood childhood; // null unless it came into being under a parent

    Namespace(SocketIoServer server, String name, AdapterFactory adapters, @Nullable Childhood childhood) {
        this.server = server;
        this.name = name;
        this.childhood = childhood;
        slowClients = childhood == null
                ? new SlowClients(
                        server.options().slowClients(),
                        server.slowClientCounts().part())
                : childhood.parent().slowClients().ofChild();
        rateLimiting = childhood == null
                ? new RateLimiting(
                        server.options().rateLimits(), server.rateLimitCounts().part())
                : childhood.parent().rateLimiting().ofChild();
        if (childhood != null) {
            inherit(childhood.parent());
        }
        disconnectMessages = server.encode(new Packet.Disconnect(name));
        serverSideEvents = new ServerSideEvents(server.options().handlerExecutor());
        adapter = adapters.create(new Local());
    }

    /** A child begins with what the parent has at that moment. */
    private void inherit(Namespace parent) {
        middlewares.addAll(parent.middlewares);
        connectionHandlers.addAll(parent.connectionHandlers);
        authenticator = parent.authenticator;
    }

    /** Its name; begins with a slash. */
    public String name() {
        return name;
    }

    /** The server it is part of. */
    public SocketIoServer server() {
        return server;
    }

    /** The sockets that are connected to it on this server, by id; a live view. */
    public Map<String, Socket> sockets() {
        return Collections.unmodifiableMap(sockets.asMap());
    }

    /** Receives the sockets that join from now on. */
    public Namespace onConnection(ConnectionHandler handler) {
        connectionHandlers.add(requireNonNull(handler, "handler"));
        return this;
    }

    /** Adds a check that every client has to pass; checks run in the order in which they were added. */
    public Namespace use(ConnectionMiddleware middleware) {
        middlewares.add(requireNonNull(middleware, "middleware"));
        return this;
    }

    /**
     * Sets what finds out whose each socket is. It stands among the checks of {@link #use} at the place where it was
     * set, and is asked again when a client refreshes its authentication ({@link AuthEvents#REFRESH}).
     *
     * @throws IllegalStateException if there is one already
     */
    public Namespace authenticator(Authenticator newAuthenticator) {
        requireNonNull(newAuthenticator, "newAuthenticator");
        synchronized (this) {
            if (authenticator != null) {
                throw new IllegalStateException(name + " has an authenticator (expected: one at most)");
            }
            authenticator = newAuthenticator;
        }
        return use(socket -> {
            Principal principal =
                    newAuthenticator.authenticate(socket.handshake().auth(), socket);
            if (principal != null) {
                Refresh.requireValid(principal, options());
                socket.authenticate(principal);
            }
        });
    }

    @Nullable
    Authenticator authenticator() {
        return authenticator;
    }

    @Override
    public BroadcastOperator broadcast() {
        return everybody;
    }

    /**
     * Sets what happens to events for a client that is slower than what is sent to it; that of
     * {@link SocketIoOptions#slowClients} unless set. Sockets that were slow before keep what they had.
     */
    public Namespace slowClients(SlowClientPolicy policy) {
        slowClients.policy(requireNonNull(policy, "policy"));
        return this;
    }

    /** Hears of clients for which events are dropped, or which are disconnected, because they are too slow. */
    public Namespace onSlowClient(SlowClientListener listener) {
        slowClients.add(requireNonNull(listener, "listener"));
        return this;
    }

    /** How often that was done about slow clients: events that were dropped, sockets that were disconnected. */
    public long slowClientCount(SlowClientAction action) {
        return slowClients.sum(action);
    }

    /**
     * Sets how much a socket takes from its client; what {@link SocketIoOptions#rateLimits} says unless set. Sockets
     * whose client has sent an event keep what they had.
     */
    public Namespace rateLimits(RateLimits limits) {
        rateLimiting.limits(requireNonNull(limits, "limits"));
        server.textSize().onLimits(limits);
        return this;
    }

    /** Hears of clients that send more than they may. */
    public Namespace onRateLimited(RateLimitListener listener) {
        rateLimiting.add(requireNonNull(listener, "listener"));
        return this;
    }

    /** How many events were above a rate limit, for that cause. */
    public long rateLimitedCount(RateLimitCause cause) {
        return rateLimiting.sum(cause);
    }

    RateLimiting rateLimiting() {
        return rateLimiting;
    }

    SlowClients slowClients() {
        return slowClients;
    }

    /** Who is in which room, and the way to the other servers. */
    public Adapter adapter() {
        return adapter;
    }

    /**
     * Hears of the rooms of this namespace on this server from now on.
     *
     * @throws UnsupportedOperationException if the adapter does not tell; a {@link ParentNamespace} has no rooms itself
     */
    public Namespace onRooms(RoomListener listener) {
        adapter.addRoomListener(listener);
        return this;
    }

    /**
     * Sends an event to this namespace on the <em>other</em> servers of the cluster, for their
     * {@link #onServerSide(String, EventHandler) handlers}; no client gets it. Nothing happens when this server is alone.
     *
     * @param args see {@link Emitter#emit(String, Object...)}
     * @throws IllegalArgumentException if the name is {@code connect}, {@code connection} or {@code new_namespace}, or
     *     an argument cannot become JSON
     */
    public void serverSideEmit(String event, @Nullable Object... args) {
        adapter.serverSideEmit(ServerSideEvents.requireUsable(event), Arguments.of(args));
    }

    /** Sends an event that was declared to the other servers. */
    public <T extends @Nullable Object> void serverSideEmit(Event<T> event, T value) {
        adapter.serverSideEmit(ServerSideEvents.requireUsable(event.name()), event.write(value));
    }

    /**
     * Like {@link #serverSideEmit(String, Object...)}, and collects an answer from each of the other servers.
     *
     * @return one answer for each of them; none, at once, when this server is alone. Fails with
     *     {@link io.parley.socketio.AckTimeoutException}, which carries the answers so far, when one does not answer in
     *     the time that the adapter allows
     */
    public CompletableFuture<List<Arguments>> serverSideEmitWithAck(String event, @Nullable Object... args) {
        return adapter.serverSideEmitWithAck(ServerSideEvents.requireUsable(event), Arguments.of(args));
    }

    /** Sends an event that was declared and collects its answers; one of another type fails the future. */
    public <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<List<R>> serverSideEmitWithAck(
            AckEvent<T, R> event, T value) {
        return adapter.serverSideEmitWithAck(ServerSideEvents.requireUsable(event.name()), event.write(value))
                .thenApply(answers -> Readers.replies(event, answers));
    }

    /**
     * Handles what the other servers send with {@link #serverSideEmit(String, Object...)}; the answer goes to the
     * one that sent it. Handlers run on handler threads, one event after the other; what one throws is logged.
     *
     * @throws IllegalArgumentException if the name is reserved, as there
     */
    public Namespace onServerSide(String event, EventHandler handler) {
        serverSideEvents.add(event, handler, handler);
        return this;
    }

    /** Handles events of the other servers that were declared; arguments that do not fit are logged. */
    public <T extends @Nullable Object> Namespace onServerSide(Event<T> event, ValueHandler<? super T> handler) {
        serverSideEvents.add(event.name(), handler, Readers.of(event, handler));
        return this;
    }

    /** Answers events of the other servers that were declared; arguments that do not fit are logged. */
    public <T extends @Nullable Object, R extends @Nullable Object> Namespace onServerSide(
            AckEvent<T, R> event, Responder<? super T, ? extends R> handler) {
        serverSideEvents.add(event.name(), handler, Readers.of(event, handler));
        return this;
    }

    /** Removes a handler that {@code onServerSide} added; one that was added twice, once. */
    public Namespace offServerSide(String event, Object handler) {
        serverSideEvents.remove(event, handler);
        return this;
    }

    SocketIoOptions options() {
        return server.options();
    }

    List<ConnectionMiddleware> middlewares() {
        return middlewares;
    }

    List<ConnectionHandler> connectionHandlers() {
        return connectionHandlers;
    }

    List<EncodedPacket> disconnectMessages() {
        return disconnectMessages;
    }

    /** A socket is about to join; false when the namespace is gone, so that another one has to be made. */
    final boolean enter() {
        return childhood == null || childhood.enter();
    }

    /** A socket has left, or did not join after all. */
    final void leave() {
        if (childhood != null) {
            childhood.leave(this);
        }
    }

    /** Whether its last socket has left and it was removed for that. */
    final boolean isGone() {
        return childhood != null && childhood.isGone();
    }

    long nextAckId() {
        return ackIds.getAndIncrement();
    }

    void add(NamespaceSocket socket) {
        sockets.put(socket);
    }

    void remove(NamespaceSocket socket) {
        sockets.remove(socket);
    }

    List<RemoteSocket> remoteSockets(List<SocketDetails> found) {
        return found.stream().map(RemoteSocket.class::cast).toList();
    }

    @Override
    public String toString() {
        return name;
    }

    /** The namespace as its adapter sees it. */
    private final class Local implements LocalNamespace {

        @Override
        public String name() {
            return name;
        }

        @Override
        public @Nullable LocalSocket socket(String id) {
            return sockets.get(id);
        }

        @Override
        public List<EncodedPacket> encode(Packet packet) {
            return server.encode(packet);
        }

        @Override
        public Executor handlerExecutor() {
            return server.options().handlerExecutor();
        }

        @Override
        public void onServerSideEvent(String event, Arguments arguments, Ack ack) {
            serverSideEvents.handle(event, arguments, ack);
        }

        @Override
        public @Nullable RecoveryStore recovery() {
            Recovery recovery = server.recovery();
            return recovery == null ? null : recovery.store();
        }

        @Override
        public int maxRooms() {
            return server.options().maxRooms();
        }
    }
}

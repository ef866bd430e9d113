package io.parley.socketio.server;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.server.EngineSocket;
import io.parley.socketio.AckEvent;
import io.parley.socketio.AckTimeoutException;
import io.parley.socketio.Arguments;
import io.parley.socketio.DisconnectReason;
import io.parley.socketio.Event;
import io.parley.socketio.SocketIoException;
import io.parley.socketio.adapter.BroadcastFlags;
import io.parley.socketio.adapter.BroadcastOptions;
import io.parley.socketio.adapter.LocalSocket;
import io.parley.socketio.adapter.Membership;
import io.parley.socketio.adapter.OutgoingEvent;
import io.parley.socketio.adapter.RestoredSession;
import io.parley.socketio.adapter.SavedSession;
import io.parley.socketio.adapter.UserRooms;
import io.parley.socketio.packet.Packet;
import io.parley.websocket.EventLoop;
import io.parley.websocket.Mailbox;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A socket on this server: what it sends, its rooms, its life.
 *
 * <p><b>Threading.</b> Safe for any thread, but for methods whose name starts with {@code on} and those of
 * {@link LocalSocket} that say so: they belong to the connection's event loop.
 */
final class NamespaceSocket extends PacedSocket implements LocalSocket {

    private String id; // becomes that of its session before anybody sees it
    private final @Nullable String auth; // a JSON object; null when the client sent none
    private final long issuedMillis = System.currentTimeMillis();
    private Mailbox mailbox; // becomes that of its session before anybody sees it
    private final Membership membership;
    private @Nullable RecoveryState recovery; // null when the client cannot come back
    private volatile State state = State.CONNECTING;
    private volatile boolean leaving; // the server put it out: what still waits is not handled
    private volatile @Nullable ConcurrentMap<String, Object> data; // null until it is asked for
    private volatile @Nullable Set<String> lastRooms; // non-null between the end and the disconnecting handlers

    // Touched on the loop only.
    private @Nullable PendingAcks pendingAcks; // null until the first one
    private long lastMark;

    NamespaceSocket(Connection connection, Namespace namespace, @Nullable String auth) {
        super(connection, namespace);
        this.auth = auth;
        id = connection.dialect().socketId(connection.engine(), namespace.name());
        mailbox = new Mailbox(namespace.options().handlerExecutor());
        membership = namespace.adapter().add(this);
        recovery = connection.dialect().letsComeBack() ? RecoveryState.of(namespace.server()) : null;
    }

    /** The session that its client had becomes its own; {@code before} is the socket that had it, if it is still here. */
    void takeOver(SavedSession session, Recovery from, @Nullable NamespaceSocket before) {
        id = session.sid();
        data = session.data() instanceof ConcurrentMap<String, Object> same
                ? same
                : new ConcurrentHashMap<>(session.data());
        mailbox = before == null ? mailbox : before.mailbox; // its last handlers run before the first of this one
        recovery = RecoveryState.of(from, session);
    }

    /** The session that it took over is not for it after all. */
    void beginAnew() {
        id = SocketIds.next();
        data = null;
        mailbox = new Mailbox(namespace.options().handlerExecutor());
        recovery = RecoveryState.of(namespace.server());
    }

    private enum State {
        CONNECTING,
        CONNECTED,
        DISCONNECTED
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Namespace namespace() {
        return namespace;
    }

    @Override
    public Handshake handshake() {
        Auth said = new Auth(auth == null ? "{}" : auth, namespace.options().codec());
        return new Handshake(connection().request(), issuedMillis, said);
    }

    @Override
    public EngineSocket connection() {
        return connection.engine();
    }

    @Override
    public EventLoop eventLoop() {
        return connection.loop();
    }

    @Override
    public boolean isConnected() {
        return state == State.CONNECTED && !leaving;
    }

    @Override
    public boolean recovered() {
        return recovery != null && recovery.isRecovered();
    }

    @Override
    public ConcurrentMap<String, Object> data() {
        ConcurrentMap<String, Object> known = data;
        return known != null ? known : makeData();
    }

    private synchronized ConcurrentMap<String, Object> makeData() {
        ConcurrentMap<String, Object> made = data;
        if (made == null) {
            made = new ConcurrentHashMap<>(4);
            data = made;
        }
        return made;
    }

    @Override
    public Set<String> rooms() {
        Set<String> last = lastRooms;
        if (last != null) {
            return Set.copyOf(last);
        }
        Set<String> rooms = new HashSet<>(membership.rooms());
        rooms.removeIf(UserRooms::isUserRoom);
        if (state == State.CONNECTED) {
            rooms.add(id);
        }
        return Set.copyOf(rooms);
    }

    @Override
    public void join(String... rooms) {
        join(UserRooms.requireOrdinary(rooms));
    }

    @Override
    public void join(Collection<String> rooms) {
        membership.join(rooms);
    }

    @Override
    public void leave(String room) {
        UserRooms.requireOrdinary(room);
        membership.leave(room);
    }

    void joinUserRoom(String room) {
        membership.join(List.of(room));
    }

    void leaveUserRoom(String room) {
        membership.leave(room);
    }

    @Override
    public BroadcastOperator broadcast() {
        return new BroadcastOperator(namespace, new BroadcastOptions(Set.of(), Set.of(id), BroadcastFlags.NONE));
    }

    @Override
    public void emit(String event, @Nullable Object... args) {
        emitter().emit(event, args);
    }

    @Override
    public <T extends @Nullable Object> void emit(Event<T> event, T value) {
        emitter().emit(event, value);
    }

    @Override
    public CompletableFuture<Arguments> emitWithAck(String event, @Nullable Object... args) {
        return emitter().emitWithAck(event, args);
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<R> emitWithAck(
            AckEvent<T, R> event, T value) {
        return emitter().emitWithAck(event, value);
    }

    @Override
    public Emitter timeout(Duration timeout) {
        return emitter().timeout(timeout);
    }

    @Override
    public Emitter asVolatile() {
        return emitter().asVolatile();
    }

    @Override
    public Emitter compress(boolean allowed) {
        return emitter().compress(allowed);
    }

    /** Without flags. */
    SocketEmitter emitter() {
        return new SocketEmitter(this, false, true, null);
    }

    @Override
    public void disconnect(boolean close) {
        disconnect(close, "the server called disconnect(" + close + ")");
    }

    /** Disconnects for a reason that the application is told. */
    void disconnect(boolean close, String description) {
        if (isConnected()) { // nothing otherwise, as in the official server
            leaving = true;
            onLoop(() -> connection.onDisconnectBy(this, close, description));
        }
    }

    /** Sends an event from any thread. */
    void sendEvent(String event, Arguments arguments, SocketEmitter emitter) {
        if (recovery != null && state != State.CONNECTING) { // lost or not: the session may go on
            namespace.adapter().broadcast(packet(event, arguments, null), RecoveryState.only(id, emitter.flags()));
            return;
        }
        OutgoingEvent outgoing = outgoing(event, arguments, null, emitter);
        if (!leaving) {
            onLoop(() -> transmit(outgoing));
        }
    }

    /** Runs a task on the loop: at once if that keeps the order, which it does not when events are in a log. */
    private void onLoop(Runnable task) {
        if (recovery == null) {
            eventLoop().run(task);
        } else {
            eventLoop().execute(task);
        }
    }

    /** Sends an event that asks for an acknowledgement from any thread. */
    CompletableFuture<Arguments> request(String event, Arguments arguments, SocketEmitter flags) {
        long ackId = namespace.nextAckId();
        OutgoingEvent outgoing = outgoing(event, arguments, ackId, flags);
        CompletableFuture<Arguments> reply = new CompletableFuture<>();
        onLoop(() -> transmit(outgoing, ackId, reply, flags.ackTimeout()));
        return reply;
    }

    /** Sends what is encoded from any thread. */
    void write(List<EncodedPacket> messages) {
        onLoop(() -> {
            if (state != State.DISCONNECTED) {
                passControl(messages);
            }
        });
    }

    private OutgoingEvent outgoing(String event, Arguments arguments, @Nullable Long ackId, SocketEmitter emitter) {
        Packet.Event packet = packet(event, arguments, ackId);
        List<EncodedPacket> messages = namespace.server().encode(packet);
        return new OutgoingEvent(
                packet, emitter.compress() ? messages : emitter.flags().applyTo(messages), emitter.isVolatile(), null);
    }

    private Packet.Event packet(String event, Arguments arguments, @Nullable Long ackId) {
        return new Packet.Event(namespace.name(), event, arguments, ackId);
    }

    @Override
    public boolean mark(long broadcast) {
        boolean fresh = lastMark != broadcast;
        lastMark = broadcast;
        return fresh;
    }

    @Override
    public void deliver(OutgoingEvent event) {
        if (state != State.CONNECTED) {
            if (recovery != null) {
                recovery.onNotConnected(event);
            }
        } else if (recovery == null || recovery.isNews(event)) {
            transmit(event);
        }
    }

    @Override
    public boolean deliverWithAck(OutgoingEvent event, Consumer<Arguments> onAck) {
        if (state != State.CONNECTED || !transmit(event)) {
            return false;
        }
        Long ackId = event.event().ackId();
        if (ackId != null && !isFull()) {
            pendingAcks().add(ackId, new PendingAcks.Waiting(onAck, reason -> {}, null));
        }
        return true;
    }

    @Override
    public void forgetAck(long ackId) {
        if (pendingAcks != null) {
            pendingAcks.forget(ackId);
        }
    }

    /** Returns whether the event was sent. */
    private boolean transmit(OutgoingEvent event) {
        if (state == State.DISCONNECTED) {
            return false;
        }
        if (!pass(event)) {
            if (recovery != null) {
                recovery.onUnsent(event);
            }
            return false;
        }
        if (recovery != null) {
            recovery.onSent(event);
        }
        if (handlers().contains(HandlerList.Kind.ANY_OUTGOING)) {
            mailbox.execute(() -> Dispatch.runOutgoing(this, event.event()));
        }
        return true;
    }

    private void transmit(
            OutgoingEvent event, long ackId, CompletableFuture<Arguments> reply, @Nullable Duration timeout) {
        SocketIoException refusal = refusal(event);
        if (refusal == null) {
            refusal = attempt(event);
        }
        if (refusal != null) {
            fail(reply, refusal);
        } else {
            pendingAcks()
                    .add(
                            ackId,
                            new PendingAcks.Waiting(
                                    arguments -> complete(reply, arguments),
                                    reason -> fail(reply, reason),
                                    timeout == null ? null : eventLoop().schedule(() -> onAckTimeout(ackId), timeout)));
        }
    }

    private @Nullable SocketIoException refusal(OutgoingEvent event) {
        if (state == State.DISCONNECTED || leaving) {
            return disconnected();
        }
        if (isFull()) {
            return new SocketIoException("emitWithAck(\"" + event.event().name() + "\"): "
                    + pendingAcks().size()
                    + " acknowledgements are awaited (expected: fewer than maxPendingAcks, "
                    + namespace.options().maxPendingAcks() + ")");
        }
        return null;
    }

    /** Sends an event; returns why it was not sent, null when it was. */
    private @Nullable SocketIoException attempt(OutgoingEvent event) {
        boolean sent = transmit(event);
        if (state == State.DISCONNECTED) { // it was more than may wait for the client, which was cut for it
            return disconnected();
        }
        return sent ? null : new SocketIoException("event dropped: the client could not take it at once");
    }

    private static SocketIoException disconnected() {
        return new SocketIoException("socket has been disconnected");
    }

    private boolean isFull() {
        return pendingAcks != null && pendingAcks.size() >= namespace.options().maxPendingAcks();
    }

    private PendingAcks pendingAcks() {
        if (pendingAcks == null) {
            pendingAcks = new PendingAcks();
        }
        return pendingAcks;
    }

    private void complete(CompletableFuture<Arguments> reply, Arguments arguments) {
        namespace.server().runHandler(() -> reply.complete(arguments));
    }

    private void fail(CompletableFuture<Arguments> reply, SocketIoException reason) {
        namespace.server().runHandler(() -> reply.completeExceptionally(reason));
    }

    private void onAckTimeout(long ackId) {
        if (pendingAcks != null) {
            pendingAcks.fail(ackId, new AckTimeoutException(List.of()));
        }
    }

    /** The client has caught up. */
    void onDrained() {
        if (state == State.CONNECTED && handlers().contains(HandlerList.Kind.DRAIN)) {
            mailbox.execute(() -> Dispatch.runDrain(this));
        }
    }

    Mailbox mailbox() {
        return mailbox;
    }

    boolean isLeaving() {
        return leaving;
    }

    /** Whether it is about to join: a middleware decides. */
    boolean isConnecting() {
        return state == State.CONNECTING;
    }

    /** Whether it has joined, be it that the server is putting it out. */
    boolean isEstablished() {
        return state == State.CONNECTED;
    }

    Membership membership() {
        return membership;
    }

    /** It can be found by its id from now on, while its session is being restored. */
    void onRestoring() {
        if (recovery != null) {
            recovery.startRestoring();
        }
        namespace.add(this);
    }

    /** The client may join, or go on with its session: it is sent what it missed before it is told so. */
    void onAccepted(@Nullable RestoredSession restored) {
        assert eventLoop().inEventLoop();
        state = State.CONNECTED;
        namespace.add(this);
        membership.onConnected();
        namespace.server().liveSockets().add();
        if (restored != null) {
            restored.missed().forEach(missed -> passControl(missed.messages()));
        }
        String payload = connection.dialect().acceptance(id, recovery == null ? null : recovery.pid());
        passControl(namespace.server().encode(new Packet.Connect(namespace.name(), payload)));
        if (recovery != null) {
            recovery.onAccepted(this, restored);
        }
        if (state == State.CONNECTED) {
            onIdentityBegins();
        }
    }

    /** The client came back over another connection. */
    void onSuperseded() {
        if (state == State.CONNECTED) {
            connection.onSuperseded();
        }
    }

    void onAck(Packet.Ack ack) {
        if (pendingAcks != null) {
            pendingAcks.onAck(ack.ackId(), ack.arguments());
        }
    }

    /** The socket is over; nothing is sent any more. The disconnect handlers run when everything before them has. */
    void onEnd(DisconnectReason reason, DisconnectDetails details) {
        assert eventLoop().inEventLoop();
        State before = state;
        if (before == State.DISCONNECTED) {
            return;
        }
        lastRooms = before == State.CONNECTED ? rooms() : null;
        state = State.DISCONNECTED;
        if (recovery != null && before == State.CONNECTED && reason.isRecoverable() && !leaving) {
            recovery.keep(this);
        } else {
            membership.close();
            namespace.remove(this);
            namespace.leave();
        }
        onIdentityEnds();
        endPacing();
        if (pendingAcks != null) {
            pendingAcks.failAll(disconnected());
        }
        if (before == State.CONNECTED) {
            if (endsUnheard()) {
                runDisconnect(reason, details);
            } else {
                mailbox.execute(() -> runDisconnect(reason, details), eventLoop());
            }
        }
    }

    /**
     * Whether no handler is there for the end, nor is one running that could yet add one: what is left to do then needs no
     * thread of theirs, which saves to wake it.
     */
    private boolean endsUnheard() {
        return recovery == null // whose next connection goes on with this mailbox
                && mailbox.isIdle() // before the handlers are looked at: what the last one has added is seen
                && !handlers().contains(HandlerList.Kind.DISCONNECTING)
                && !handlers().contains(HandlerList.Kind.DISCONNECT);
    }

    private void runDisconnect(DisconnectReason reason, DisconnectDetails details) {
        Dispatch.runDisconnect(this, reason, details);
        if (recovery != null) {
            recovery.onHandled(this);
        }
        connection.onSocketDone();
        namespace.server().liveSockets().remove();
    }

    /** From now on it is in no room. */
    void forgetRooms() {
        lastRooms = null;
    }

    @Override
    public String toString() {
        return "Socket[" + id + " in " + namespace.name() + "]";
    }
}

package io.parley.socketio.server;

import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.server.EngineListener;
import io.parley.engineio.server.EngineSocket;
import io.parley.socketio.ConnectionRefused;
import io.parley.socketio.DisconnectReason;
import io.parley.socketio.adapter.RestoredSession;
import io.parley.socketio.packet.Packet;
import io.parley.socketio.packet.PacketException;
import io.parley.socketio.packet.PacketParser;
import io.parley.websocket.EventLoop;
import io.parley.websocket.EventLoop.Timeout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: an Engine.IO session that carries a socket for each namespace the client joined (Socket.IO
 * protocol 5; what protocol 4 does otherwise is in {@link Dialect}).
 *
 * <p><b>Threading.</b> Confined to the session's event loop, but for {@link #engine}, {@link #loop} and what says so.
 */
final class Connection extends Backlog implements EngineListener {

    private static final Logger log = LoggerFactory.getLogger(Connection.class);
    private static final NamespaceSocket[] NONE = {};

    private final SocketIoServer server;
    private final EngineSocket engine;
    private PacketParser.@Nullable Decoder decoder; // null between two packets, if it has nothing to remember
    private @Nullable NamespaceSocket first; // joined, or about to; null while there is none
    private NamespaceSocket[] others = NONE; // likewise; mostly there are none
    private @Nullable Timeout connectTimeout; // non-null until the first namespace is joined
    private @Nullable Map<String, Packet.Connect> searches; // by namespace; null until there is one
    private int packetSize; // of the messages that make the packet under way
    private int pauses; // reasons for which nothing is read from the client
    private boolean closed;
    private int eventsSeen; // only ever compared
    private boolean goneAway; // closed in its turn, by a drain
    private volatile boolean draining; // to be closed as soon as no handler has anything to do

    private Connection(SocketIoServer server, EngineSocket engine) {
        this.server = server;
        this.engine = engine;
        connectTimeout =
                loop().schedule(this::onConnectTimeout, server.options().connectTimeout());
    }

    /** A connection that begins. */
    static Connection open(SocketIoServer server, EngineSocket engine) {
        Connection connection = new Connection(server, engine);
        if (connection.dialect().joinsMainUnasked()) {
            connection.onConnect(new Packet.Connect("/", null), null);
        }
        return connection;
    }

    @Override
    SocketIoOptions options() {
        return server.options();
    }

    Dialect dialect() {
        return Dialect.of(engine);
    }

    EngineSocket engine() {
        return engine;
    }

    EventLoop loop() {
        return engine.eventLoop();
    }

    void write(List<EncodedPacket> messages) {
        for (int i = 0; i < messages.size(); i++) {
            engine.send(messages.get(i));
        }
    }

    @Override
    public void onText(String text) {
        if (!closed) {
            packetSize += server.textSize().of(text);
            decode(text);
        }
    }

    @Override
    public void onBinary(ByteBuffer bytes) {
        if (!closed) {
            packetSize += bytes.remaining();
            decode(bytes);
        }
    }

    @Override
    public void onClose(io.parley.engineio.DisconnectReason reason, String description) {
        if (reason == io.parley.engineio.DisconnectReason.TOO_SLOW) {
            for (NamespaceSocket socket : sockets()) {
                socket.namespace().slowClients().onDisconnected(socket);
            }
        }
        if (server.isClosing()) {
            end(DisconnectReason.SERVER_SHUTTING_DOWN, details("the server is closing", null));
        } else {
            end(
                    DisconnectReason.of(reason),
                    details(
                            Endings.describe(
                                    reason,
                                    description,
                                    engine,
                                    server.options().engine()),
                            null));
        }
        server.onConnectionEnd(goneAway);
    }

    @Override
    public void onBelowHighWaterMark() {
        boolean more = true;
        while (more && !engine.isAboveHighWaterMark()) {
            more = false;
            for (NamespaceSocket socket : sockets()) { // each in turn: none waits for another one's queue
                more |= socket.releaseOne();
            }
        }
        if (!engine.isAboveHighWaterMark()) {
            for (NamespaceSocket socket : sockets()) {
                socket.onDrained();
            }
        }
    }

    /** Too much is held for one of its sockets. */
    void onTooSlow(String description) {
        engine.cut(io.parley.engineio.DisconnectReason.TOO_SLOW, description);
    }

    /** Takes a text or a {@link ByteBuffer}. */
    private void decode(Object message) {
        PacketParser.Decoder using = decoder == null ? server.parser().decoder() : decoder;
        decoder = using; // for end()
        Packet packet;
        try {
            packet = message instanceof String text ? using.add(text) : using.add((ByteBuffer) message);
        } catch (PacketException broken) {
            onBrokenPacket(broken);
            return;
        } catch (RuntimeException failed) { // of a parser of the application's
            onBrokenPacket(parserFailure(failed, message));
            return;
        }
        if (using.isBlank()) {
            decoder = null;
        }
        if (packet != null) {
            int size = packetSize;
            packetSize = 0;
            onPacket(packet, size);
        }
    }

    private static PacketException parserFailure(RuntimeException failed, Object message) {
        String problem = "The parser failed, " + failed.getClass().getName() + ',';
        PacketException told = message instanceof String text
                ? PacketException.in(text, problem)
                : PacketException.in(((ByteBuffer) message).duplicate().rewind(), problem);
        told.initCause(failed);
        return told;
    }

    private void onPacket(Packet packet, int size) {
        if (packet.type() == Packet.Type.CONNECT) {
            Packet.Connect connect =
                    dialect().read((Packet.Connect) packet, server.options().codec());
            onConnect(connect, find(connect.namespace()));
            return;
        }
        NamespaceSocket socket = find(packet.namespace());
        if (socket == null || socket.isConnecting()) {
            onViolation(packet.type() + " packet for " + PacketException.excerpt(packet.namespace())
                    + ", which the client has not joined");
        } else {
            onPacket(packet, socket, size);
        }
    }

    private void onPacket(Packet packet, NamespaceSocket socket, int size) {
        switch (packet.type()) {
            case EVENT -> onEvent((Packet.Event) packet, socket, size);
            case ACK -> socket.onAck((Packet.Ack) packet);
            case DISCONNECT -> {
                remove(socket);
                socket.onEnd(
                        DisconnectReason.CLIENT_NAMESPACE_DISCONNECT,
                        details("DISCONNECT packet from the client", null));
            }
            case CONNECT, CONNECT_ERROR ->
                onViolation(packet.type() + " packet from a client in "
                        + PacketException.excerpt(socket.namespace().name()));
        }
    }

    private void onEvent(Packet.Event event, NamespaceSocket socket, int size) {
        if (!socket.admits(event, size)) {
            return;
        }
        eventsSeen++;
        if (addEvent(size)) {
            pauseReading();
        }
        socket.mailbox()
                .execute(
                        () -> {
                            try {
                                Dispatch.runEvent(socket, event);
                            } finally {
                                onHandled(size);
                            }
                        },
                        loop());
    }

    /** Another reason not to read from the client. */
    void pauseReading() {
        if (pauses++ == 0) {
            engine.pauseReading();
        }
    }

    /** One reason less not to read from the client. */
    void resumeReading() {
        if (--pauses == 0) {
            engine.resumeReading();
        }
    }

    /** The last handler of a socket has run; called on a handler thread. */
    void onSocketDone() {
        removeSocket();
    }

    /** Called on a handler thread. */
    private void onHandled(int size) {
        if (removeEvent(size)) {
            loop().run(this::resumeReading);
        }
        if (draining) {
            loop().execute(this::goAwayWhenIdle);
        }
    }

    /** The server empties, and this connection's turn has come. */
    void onTurn() {
        draining = true;
        goAwayWhenIdle();
    }

    /**
     * Closes the connection if no event is being handled. What handlers have sent is on its way to this loop by then, so
     * it is written before.
     */
    private void goAwayWhenIdle() {
        if (!closed && isIdle()) {
            int seen = eventsSeen;
            loop().execute(() -> goAway(seen));
        }
    }

    /** Official clients come back by themselves after this, to another server. */
    private void goAway(int seen) {
        if (seen != eventsSeen) {
            goAwayWhenIdle();
        } else if (!closed) {
            goneAway = true;
            for (NamespaceSocket socket : sockets()) {
                socket.releaseHeld();
            }
            close(DisconnectReason.SERVER_SHUTTING_DOWN, details("the server is draining", null));
        }
    }

    private void onConnect(Packet.Connect packet, @Nullable NamespaceSocket known) {
        if (known != null && !known.isConnecting()) {
            onViolation("second CONNECT packet for " + PacketException.excerpt(packet.namespace()));
            return;
        }
        if (known != null) { // the client gave up and asks anew, while a middleware still thinks
            remove(known);
            known.onEnd(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT, details("the client asked anew", null));
        }
        if (searches != null) {
            searches.remove(packet.namespace()); // the client gave up waiting for that answer
        }
        Namespace namespace = server.namespaces().find(packet.namespace());
        if (namespace == null && !server.namespaces().mayGrow()) {
            sendError(packet.namespace(), "Invalid namespace");
        } else if (!addSocket()) {
            sendError(packet.namespace(), "too many namespaces");
        } else if (namespace != null && namespace.enter()) {
            join(namespace, packet.payload());
        } else {
            search(packet);
        }
    }

    /** Asks whether the client may bring the namespace into being; a later wish for the same one counts instead. */
    private void search(Packet.Connect packet) {
        if (searches == null) {
            searches = new HashMap<>(4);
        }
        searches.put(packet.namespace(), packet);
        var unused = server.namespaces()
                .search(packet.namespace(), auth(packet.payload()))
                .thenAccept(found -> loop().execute(() -> onFound(packet, found)));
    }

    private void onFound(Packet.Connect packet, Namespaces.Found found) {
        if (closed || searches == null || !searches.remove(packet.namespace(), packet)) {
            removeSocket();
        } else if (found.namespace() == null) {
            removeSocket();
            sendError(packet.namespace(), found.refusal());
        } else if (found.namespace().enter()) {
            join(found.namespace(), packet.payload());
        } else {
            search(packet); // its last socket left a moment ago
        }
    }

    private Auth auth(@Nullable String payload) {
        return new Auth(payload == null ? "{}" : payload, server.options().codec());
    }

    private void join(Namespace namespace, @Nullable String payload) {
        NamespaceSocket socket = new NamespaceSocket(this, namespace, payload);
        add(socket);
        if (!dialect().letsComeBack() || !Restoration.begin(this, socket, payload)) {
            check(socket, () -> accept(socket));
        }
    }

    /** Asks the middlewares whether the client may join. */
    void check(NamespaceSocket socket, Runnable whenPassed) {
        if (socket.namespace().middlewares().isEmpty()) {
            whenPassed.run();
        } else {
            socket.mailbox()
                    .execute(
                            () -> {
                                ConnectionRefused refused = Dispatch.runMiddlewares(socket);
                                loop().execute(() -> onDecided(socket, refused, whenPassed));
                            },
                            loop());
        }
    }

    private void onDecided(NamespaceSocket socket, @Nullable ConnectionRefused refused, Runnable whenPassed) {
        if (!socket.isConnecting()) {
            onAbandoned();
        } else if (refused == null) {
            whenPassed.run();
        } else {
            remove(socket);
            removeSocket();
            socket.onEnd(DisconnectReason.SERVER_NAMESPACE_DISCONNECT, details("refused by a middleware", null));
            String why =
                    dialect().refusal(server.options().codec(), String.valueOf(refused.getMessage()), refused.data());
            write(server.encode(new Packet.ConnectError(socket.namespace().name(), why)));
        }
    }

    /** A socket that was about to join does not: the client went away meanwhile, or asked anew. */
    void onAbandoned() {
        removeSocket();
    }

    /** The client has joined. */
    void accept(NamespaceSocket socket) {
        accept(socket, null);
    }

    /** The client has joined, or come back. */
    void accept(NamespaceSocket socket, @Nullable RestoredSession restored) {
        stopConnectTimeout();
        socket.onAccepted(restored);
        if (socket.isEstablished()) { // what it was sent was not too much for it
            socket.mailbox().execute(() -> Dispatch.runConnection(socket), loop());
        }
    }

    private void sendError(String namespace, String message) {
        write(server.encode(new Packet.ConnectError(
                namespace, Refusals.payload(server.options().codec(), message, null))));
    }

    /** The server puts a client out. */
    void onDisconnectBy(NamespaceSocket socket, boolean close, String description) {
        DisconnectDetails details = details(description, null);
        if (close) {
            for (NamespaceSocket each : sockets()) {
                disconnect(each, details);
            }
            close(DisconnectReason.FORCED_SERVER_CLOSE, details);
        } else {
            disconnect(socket, details);
        }
    }

    private void disconnect(NamespaceSocket socket, DisconnectDetails details) {
        if (socket.isEstablished()) {
            socket.releaseHeld();
            write(socket.namespace().disconnectMessages());
            remove(socket);
            socket.onEnd(DisconnectReason.SERVER_NAMESPACE_DISCONNECT, details);
        }
    }

    /** The client has come back over another connection, so this one is dead, though nobody noticed. */
    void onSuperseded() {
        end(DisconnectReason.TRANSPORT_CLOSE, details("the client came back over another connection", null));
        engine.closeNow();
    }

    private void onConnectTimeout() {
        connectTimeout = null;
        refuse("no namespace joined within " + server.options().connectTimeout());
    }

    /** The parser does not understand the client. Its sockets hear of it, and may say a last word. */
    private void onBrokenPacket(PacketException cause) {
        closed = true; // nothing more is read
        server.onBadPacket(engine, cause);
        NamespaceSocket[] hearers = Arrays.stream(sockets())
                .filter(socket -> socket.isEstablished() && socket.handlers().contains(HandlerList.Kind.ERROR))
                .toArray(NamespaceSocket[]::new);
        if (hearers.length == 0) {
            close(cause);
        }
        AtomicInteger left = new AtomicInteger(hearers.length);
        for (NamespaceSocket socket : hearers) {
            socket.mailbox().execute(() -> {
                Dispatch.runError(socket, cause);
                if (left.decrementAndGet() == 0) {
                    loop().execute(() -> close(cause));
                }
            });
        }
    }

    private void close(PacketException cause) {
        String why = String.valueOf(cause.getMessage());
        log.debug("Connection closed: {}", why);
        close(DisconnectReason.FORCED_CLOSE, details(why, cause));
    }

    /** A client that breaks the protocol is not talked to any more (Socket.IO protocol 5). */
    private void onViolation(String what) {
        PacketException cause = new PacketException(what);
        server.onBadPacket(engine, cause);
        refuse(what, cause);
    }

    void refuse(String why) {
        refuse(why, null);
    }

    private void refuse(String why, @Nullable Exception cause) {
        log.debug("Connection closed: {}", why);
        boolean atOnce = engine.transport() != TransportType.POLLING || engine.isWritable();
        close(atOnce ? DisconnectReason.FORCED_CLOSE : DisconnectReason.FORCED_SERVER_CLOSE, details(why, cause));
    }

    /** The server ends the connection for a reason of its own. */
    void close(DisconnectReason reason, String description) {
        close(reason, details(description, null));
    }

    private void close(DisconnectReason reason, DisconnectDetails details) {
        end(reason, details);
        engine.close();
    }

    private DisconnectDetails details(String description, @Nullable Exception cause) {
        return new DisconnectDetails(description, engine.transport(), cause);
    }

    private void end(DisconnectReason reason, DisconnectDetails details) {
        closed = true;
        if (decoder != null) {
            decoder.destroy();
        }
        stopConnectTimeout();
        NamespaceSocket[] ended = sockets();
        first = null;
        others = NONE;
        for (NamespaceSocket socket : ended) {
            socket.onEnd(reason, details);
        }
    }

    private void stopConnectTimeout() {
        if (connectTimeout != null) {
            connectTimeout.cancel();
            connectTimeout = null;
        }
    }

    private @Nullable NamespaceSocket find(String namespace) {
        if (first != null && first.namespace().name().equals(namespace)) {
            return first;
        }
        for (NamespaceSocket socket : others) {
            if (socket.namespace().name().equals(namespace)) {
                return socket;
            }
        }
        return null;
    }

    /** Those that there are now. */
    private NamespaceSocket[] sockets() {
        if (first == null) {
            return NONE;
        }
        NamespaceSocket[] all = new NamespaceSocket[1 + others.length];
        all[0] = first;
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }

    private void add(NamespaceSocket socket) {
        if (first == null) {
            first = socket;
        } else {
            others = Arrays.copyOf(others, others.length + 1);
            others[others.length - 1] = socket;
        }
    }

    private void remove(NamespaceSocket socket) {
        NamespaceSocket[] left =
                Arrays.stream(sockets()).filter(other -> other != socket).toArray(NamespaceSocket[]::new);
        first = left.length == 0 ? null : left[0];
        others = left.length < 2 ? NONE : Arrays.copyOfRange(left, 1, left.length);
    }
}

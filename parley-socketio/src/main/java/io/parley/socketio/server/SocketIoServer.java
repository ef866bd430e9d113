package io.parley.socketio.server;

import static java.util.Objects.requireNonNull;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.server.EngineServer;
import io.parley.engineio.server.EngineSocket;
import io.parley.socketio.Ack;
import io.parley.socketio.AckEvent;
import io.parley.socketio.ArgumentException;
import io.parley.socketio.Arguments;
import io.parley.socketio.Event;
import io.parley.socketio.adapter.RecoveryFigures;
import io.parley.socketio.packet.Packet;
import io.parley.socketio.packet.PacketException;
import io.parley.socketio.packet.PacketParser;
import io.parley.websocket.server.HttpExchange;
import io.parley.websocket.server.HttpHandler;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.HttpServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Socket.IO server (protocol 5, and 4 for old clients that {@code allowEIO3} lets in). Its own methods act on the main
 * namespace, {@code /}.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
public final class SocketIoServer implements Broadcaster, HttpHandler, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SocketIoServer.class);

    private final SocketIoOptions options;
    private final @Nullable Recovery recovery; // null when clients cannot come back
    private final PacketParser parser;
    private final EngineServer engine;
    private final @Nullable ClientFiles clientFiles; // null when they are not served
    private final Namespaces namespaces = new Namespaces(this);
    private final List<ErrorListener> errorListeners = new CopyOnWriteArrayList<>();
    private final List<BadPacketListener> badPacketListeners = new CopyOnWriteArrayList<>();
    private final Counts<SlowClientAction> slowClientCounts = Counts.ofAll();
    private final Counts<RateLimitCause> rateLimitCounts = Counts.ofAll();
    private final LongAdder invalidArguments = new LongAdder();
    private final TextSize textSize = new TextSize();
    private final LiveSockets liveSockets = new LiveSockets();
    private final Namespace main;
    private volatile boolean closing;
    private @Nullable HttpServer ownHttp; // null unless made by listen()
    private volatile @Nullable Drain drain; // null until it is asked for

    private SocketIoServer(SocketIoOptions options) {
        this.options = requireNonNull(options, "options");
        recovery = Recovery.of(options.connectionStateRecovery());
        textSize.onLimits(options.rateLimits());
        parser = options.parser().create(options.codec(), options.packetLimits());
        engine = EngineServer.create(options.engine(), socket -> Connection.open(this, socket));
        clientFiles = options.serveClient()
                ? new ClientFiles(options.path(), options.handlerExecutor(), engine::crossOriginHeaders)
                : null;
        main = of("/");
    }

    /** A server with default options, at {@code /socket.io/} of {@code http}. */
    public static SocketIoServer attach(HttpServer http) {
        return attach(http, SocketIoOptions.defaults());
    }

    /**
     * A server at {@link SocketIoOptions#path} of {@code http}; it is closed together with it.
     *
     * @throws IllegalStateException if something else is mounted there
     */
    public static SocketIoServer attach(HttpServer http, SocketIoOptions options) {
        SocketIoServer server = create(options);
        http.mount(options.engine().mountPath(options.path()), server);
        http.onClosing(server::close);
        return server;
    }

    /** A server with default options on a port of its own; see {@link #listen(int, SocketIoOptions)}. */
    public static SocketIoServer listen(int port) {
        return listen(port, SocketIoOptions.defaults());
    }

    /**
     * A server on a port of its own, on the loopback interface; it listens when this returns. Requests that are not for
     * it are answered with 404. {@link #close} closes the port as well.
     *
     * @param port 0 for any free one, see {@link #httpServer}
     * @throws java.io.UncheckedIOException if it cannot listen
     */
    public static SocketIoServer listen(int port, SocketIoOptions options) {
        HttpServer http = HttpServer.builder().port(port).build();
        SocketIoServer server = attach(http, options);
        server.ownHttp = http;
        http.start();
        return server;
    }

    /** A server that is mounted nowhere: for another host, which hands it the requests below its path. */
    public static SocketIoServer create(SocketIoOptions options) {
        return new SocketIoServer(options);
    }

    /** Takes one request; on its event loop. */
    @Override
    public void handle(HttpExchange exchange) {
        HttpRequest request = exchange.request();
        if (clientFiles != null && clientFiles.serves(request) && !engine.answersPreflight(request)) {
            clientFiles.handle(exchange);
        } else {
            engine.handle(exchange);
        }
    }

    /**
     * The namespace of that name, made when it is asked for the first time. Clients can join a namespace from then on.
     *
     * @param name a slash is put before it if there is none
     * @throws IllegalArgumentException if it holds a comma, which ends a namespace on the wire
     */
    public Namespace of(String name) {
        return namespaces.of(name);
    }

    /**
     * Lets clients bring namespaces into being: those in whose name, which begins with a slash, the pattern is found
     * (write {@code ^} and {@code $} to match all of it). So does {@link #of(String)}.
     *
     * <p>Gates and patterns are asked in the order in which they were added, for each name that is not there yet; the
     * first that says yes becomes the parent. There are {@link SocketIoOptions#maxDynamicNamespaces} at most.
     *
     * @return what the namespaces have in common
     */
    public ParentNamespace of(Pattern pattern) {
        return namespaces.of(pattern);
    }

    /** Lets clients bring namespaces into being that a function allows; see {@link #of(Pattern)}. */
    public ParentNamespace of(NamespaceGate gate) {
        return namespaces.of(gate);
    }

    /** Lets clients bring namespaces into being that a function allows later; see {@link #of(Pattern)}. */
    public ParentNamespace ofAsync(AsyncNamespaceGate gate) {
        return namespaces.ofAsync(gate);
    }

    /** The main namespace, {@code /}. */
    public Namespace sockets() {
        return main;
    }

    /** The sessions underneath. */
    public EngineServer engine() {
        return engine;
    }

    /** The HTTP server that {@link #listen} made; empty when the server was attached to one, or to another host. */
    public Optional<HttpServer> httpServer() {
        return Optional.ofNullable(ownHttp);
    }

    /**
     * Whether new clients are taken: true until {@link #drain} or {@link #close} is called. For the readiness check that
     * a balancer asks.
     */
    public boolean isAccepting() {
        return !closing && engine.isAccepting();
    }

    /** What the server was made with. */
    public SocketIoOptions options() {
        return options;
    }

    /** Receives the sockets that join the main namespace from now on. */
    public SocketIoServer onConnection(ConnectionHandler handler) {
        main.onConnection(handler);
        return this;
    }

    /** Adds a check that every client of the main namespace has to pass. */
    public SocketIoServer use(ConnectionMiddleware middleware) {
        main.use(middleware);
        return this;
    }

    /** Sets what finds out whose each socket of the main namespace is; see {@link Namespace#authenticator}. */
    public SocketIoServer authenticator(Authenticator authenticator) {
        main.authenticator(authenticator);
        return this;
    }

    /**
     * Hears of each namespace that is made from now on, by the application or because a client asked for it, on the
     * thread that makes it. What it throws is logged. The client that asked joins after that; another one that asks for
     * the same name at this very moment may be quicker.
     */
    public SocketIoServer onNewNamespace(Consumer<Namespace> listener) {
        namespaces.onNew(listener);
        return this;
    }

    /** Sends an event to the other servers of the cluster; see {@link Namespace#serverSideEmit(String, Object...)}. */
    public void serverSideEmit(String event, @Nullable Object... args) {
        main.serverSideEmit(event, args);
    }

    /**
     * Sends an event to the other servers and collects answers; see
     * {@link Namespace#serverSideEmitWithAck(String, Object...)}.
     */
    public CompletableFuture<List<Arguments>> serverSideEmitWithAck(String event, @Nullable Object... args) {
        return main.serverSideEmitWithAck(event, args);
    }

    /** Handles what the other servers send; see {@link Namespace#onServerSide(String, EventHandler)}. */
    public SocketIoServer onServerSide(String event, EventHandler handler) {
        main.onServerSide(event, handler);
        return this;
    }

    /** Sends an event that was declared to the other servers. */
    public <T extends @Nullable Object> void serverSideEmit(Event<T> event, T value) {
        main.serverSideEmit(event, value);
    }

    /** Sends an event that was declared to the other servers and collects its answers. */
    public <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<List<R>> serverSideEmitWithAck(
            AckEvent<T, R> event, T value) {
        return main.serverSideEmitWithAck(event, value);
    }

    /** Handles events of the other servers that were declared. */
    public <T extends @Nullable Object> SocketIoServer onServerSide(Event<T> event, ValueHandler<? super T> handler) {
        main.onServerSide(event, handler);
        return this;
    }

    /** Answers events of the other servers that were declared. */
    public <T extends @Nullable Object, R extends @Nullable Object> SocketIoServer onServerSide(
            AckEvent<T, R> event, Responder<? super T, ? extends R> handler) {
        main.onServerSide(event, handler);
        return this;
    }

    /** Hears what handlers throw, after it was logged. A mistake of the client's is not among it. */
    public SocketIoServer onError(ErrorListener listener) {
        errorListeners.add(requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Hears why the connection of a client was closed that broke the protocol, or whose packets the parser does not
     * understand. {@link Socket#onError} tells it as well, to the sockets there were.
     */
    public SocketIoServer onBadPacket(BadPacketListener listener) {
        badPacketListeners.add(requireNonNull(listener, "listener"));
        return this;
    }

    /** How many volatile events were dropped because they could not leave at once. */
    public long volatileDropped() {
        return slowClientCount(SlowClientAction.DROP_VOLATILE);
    }

    /** How many events were above a rate limit, in all namespaces; see {@link Namespace#rateLimitedCount}. */
    public long rateLimitedCount(RateLimitCause cause) {
        return rateLimitCounts.sum(cause);
    }

    /** How often that was done about slow clients, in all namespaces; see {@link Namespace#slowClientCount}. */
    public long slowClientCount(SlowClientAction action) {
        return slowClientCounts.sum(action);
    }

    /** What connection state recovery has done, and what it holds; all zero when it is off. */
    public RecoveryFigures recoveryFigures() {
        return recovery == null ? RecoveryFigures.NONE : recovery.figures();
    }

    /** How many events had arguments that did not fit; see {@link SocketIoOptions#invalidArguments}. */
    public long invalidArguments() {
        return invalidArguments.sum();
    }

    @Override
    public BroadcastOperator broadcast() {
        return main.broadcast();
    }

    /** Empties the server over some time; see {@link #drain(DrainOptions)}. */
    public CompletableFuture<DrainReport> drain(Duration spread) {
        return drain(DrainOptions.builder().spread(spread).build());
    }

    /**
     * Empties the server without a storm of reconnections, then closes it.
     *
     * <p>From now on new clients are refused with status 503, while those that are connected go on, upgrades included.
     * Then, evenly over {@link DrainOptions#spread}, one connection after the other is closed: when it has no event left
     * to handle, and after everything that was sent to it. Its sockets end with {@code server shutting down}; no
     * DISCONNECT packet is sent, so official clients come back by themselves, to another server behind the same
     * address. When all are gone and their handlers are done, or at {@link DrainOptions#deadline}, the server is closed
     * as by {@link #close}. The port of an HTTP server that it was attached to stays open, to answer readiness checks
     * and to refuse.
     *
     * <p>What a client sends while its connection is being closed may not be handled, as when a network fails; it is not
     * acknowledged then.
     *
     * @return what it came to, when the server is closed; the same again if it is asked for twice
     */
    public CompletableFuture<DrainReport> drain(DrainOptions drainOptions) {
        requireNonNull(drainOptions, "drainOptions");
        Drain asked = new Drain(this, drainOptions);
        synchronized (this) {
            Drain known = drain;
            if (known != null) {
                return known.done();
            }
            drain = asked;
        }
        asked.begin();
        return asked.done();
    }

    /**
     * Disconnects every socket with {@code server shutting down} and refuses new ones. Returns when the handlers are
     * done, at the latest after {@link SocketIoOptions#closeTimeout}; so do not call it in a handler. The HTTP server is
     * closed with it when {@link #listen} made it. Does nothing when it is closed already.
     */
    @Override
    public void close() {
        shutDown(options.closeTimeout());
    }

    void shutDown(Duration handlerTime) {
        synchronized (this) {
            if (closing) {
                return;
            }
            closing = true;
        }
        engine.close();
        liveSockets.awaitNone(handlerTime);
        namespaces.all().forEach(namespace -> namespace.adapter().close());
        if (recovery != null) {
            recovery.close();
        }
        if (ownHttp != null) {
            ownHttp.close();
        }
    }

    /**
     * A connection has ended.
     *
     * @param inTurn whether it was closed in its turn, by a drain
     */
    void onConnectionEnd(boolean inTurn) {
        Drain running = drain;
        if (running != null) {
            running.onEnd(inTurn);
        }
    }

    Namespaces namespaces() {
        return namespaces;
    }

    @Nullable
    Recovery recovery() {
        return recovery;
    }

    boolean isClosing() {
        return closing;
    }

    Counts<SlowClientAction> slowClientCounts() {
        return slowClientCounts;
    }

    Counts<RateLimitCause> rateLimitCounts() {
        return rateLimitCounts;
    }

    TextSize textSize() {
        return textSize;
    }

    LiveSockets liveSockets() {
        return liveSockets;
    }

    PacketParser parser() {
        return parser;
    }

    List<EncodedPacket> encode(Packet packet) {
        return parser.encode(packet);
    }

    void onInvalidArguments(Socket socket, ArgumentException error, Ack ack) throws Exception {
        invalidArguments.increment();
        options.invalidArguments().onInvalid(socket, error, ack);
    }

    /** Runs application code that has no place in a socket's order. */
    void runHandler(Runnable task) {
        options.handlerExecutor().execute(task);
    }

    /** Tells why a connection is about to be closed. */
    void onBadPacket(EngineSocket connection, PacketException cause) {
        for (BadPacketListener listener : badPacketListeners) {
            runHandler(() -> {
                try {
                    listener.onBadPacket(connection, cause);
                } catch (RuntimeException | Error thrown) {
                    log.error("A listener for bad packets failed", thrown);
                }
            });
        }
    }

    /** Tells what a handler of an event threw that the application listens to by its name. */
    void onHandlerError(Socket socket, String event, Throwable error) {
        onHandlerError(socket, event, "A handler of \"" + event + '"', error);
    }

    /**
     * Tells what a handler threw.
     *
     * @param event its name, which may be the client's invention: it is not logged
     * @param handler says for the log what has failed
     */
    void onHandlerError(Socket socket, String event, String handler, Throwable error) {
        if (error instanceof ArgumentException) {
            String name = PacketException.excerpt(event);
            log.debug("Socket {} sent \"{}\" with other arguments than expected", socket.id(), name, error);
            return;
        }
        log.error("{} failed, socket {}", handler, socket.id(), error);
        for (ErrorListener listener : errorListeners) {
            tell(listener, socket, event, error);
        }
    }

    private static void tell(ErrorListener listener, Socket socket, String event, Throwable error) {
        try {
            listener.onError(socket, event, error);
        } catch (RuntimeException | Error thrown) {
            log.error("An error listener failed", thrown);
        }
    }
}

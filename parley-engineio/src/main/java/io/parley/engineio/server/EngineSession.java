package io.parley.engineio.server;

import static io.parley.engineio.DisconnectReason.FORCED_CLOSE;
import static io.parley.engineio.DisconnectReason.PING_TIMEOUT;
import static io.parley.engineio.DisconnectReason.TOO_SLOW;
import static io.parley.engineio.DisconnectReason.TRANSPORT_CLOSE;
import static io.parley.engineio.DisconnectReason.TRANSPORT_ERROR;
import static java.util.Objects.requireNonNull;

import io.parley.engineio.DisconnectReason;
import io.parley.engineio.EngineException;
import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.packet.EnginePacket;
import io.parley.websocket.EventLoop;
import io.parley.websocket.server.HttpExchange;
import io.parley.websocket.server.HttpRequest;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's session: its life, its heartbeat and the transport that carries it.
 *
 * <p><b>Threading.</b> Confined to one event loop for life, its home: that of the connection which brought the
 * handshake. What {@link EngineSocket} offers may be called from any thread and hops there; everything else is called
 * there and nowhere else. Requests and WebSockets of the session that arrive on another loop hop as well.
 */
final class EngineSession extends DeadlineQueue.Entry implements EngineSocket {

    private static final Logger log = LoggerFactory.getLogger(EngineSession.class);

    private static final String WRONG_DIRECTION = "invalid heartbeat direction";

    private final String id;
    private final int protocol;
    private final HttpRequest request; // whole, or shared with others and without an address
    private volatile @Nullable SocketAddress address; // non-null when neither the request nor the transport has it
    private final HomeLoop home;

    private volatile ReadyState state = ReadyState.OPENING;
    private volatile @Nullable Transport transport; // null while OPENING
    private @Nullable EngineListener listener; // null until the application has answered
    private volatile @Nullable Upgrade upgrade; // non-null while one is under way
    private volatile boolean upgraded;
    private @Nullable Observers observers; // null: nobody looks
    private EventLoop.@Nullable Timeout closeTimer; // non-null while CLOSING
    private boolean readingPaused;
    private boolean graceUsed; // a packet that was no pong has prolonged the wait for the pong

    /**
     * A session that is not open yet.
     *
     * @param request that began it, as it came or {@linkplain HomeLoop#keepable shared} with other sessions
     * @param address where it came from, if the request is shared
     */
    EngineSession(String id, int protocol, HttpRequest request, @Nullable SocketAddress address, HomeLoop home) {
        this.id = id;
        this.protocol = protocol;
        this.request = request;
        this.address = address;
        this.home = home;
        observers = server().observers();
    }

    private EngineServer server() {
        return home.server();
    }

    // --- the life of the session

    /**
     * Begins the session on its first transport.
     *
     * @param start run when the transport has taken the first packets
     * @return why the server does not take it; null when it does
     */
    @Nullable
    Refusal open(Transport first, Runnable start) {
        transport = first;
        if (address != null && address.equals(first.remoteAddress())) {
            address = null; // 96 bytes that the transport can make anew
        }
        Refusal refusal = server().register(this);
        if (refusal != null) {
            state = ReadyState.CLOSED;
            return refusal;
        }
        state = ReadyState.OPEN;
        beginHeartbeat();
        create(server().openPacket(id, first.type()));
        server().options().initialPacket().ifPresent(this::create);
        if (observers != null) {
            observers.onOpen(this);
        }
        start.run();
        connect();
        return null;
    }

    /**
     * Begins the session on a transport whose handshake is answered: if it is not taken, only the application hears why.
     *
     * @return false when the server does not take it
     */
    boolean open(Transport first) {
        Refusal refusal = open(first, () -> {});
        if (refusal != null) {
            server().tellRefused(request(), refusal);
        }
        return refusal == null;
    }

    private void connect() {
        try {
            if (state == ReadyState.OPEN) {
                listener = server().connect(this);
            }
        } catch (RuntimeException | Error thrown) {
            log.error("Session {}: the connection handler failed", id, thrown);
            end(FORCED_CLOSE, "connection handler failed");
        }
    }

    @Override
    public void close() {
        eventLoop().run(() -> {
            if (state == ReadyState.OPEN) {
                state = ReadyState.CLOSING;
                stopWaiting();
                closeTimer =
                        eventLoop().schedule(this::onClosed, server().options().closeTimeout());
                current().close();
            }
        });
    }

    /** What was sent before {@link #close} has left, or nobody came to fetch it. */
    void onClosed() {
        end(FORCED_CLOSE, "");
    }

    @Override
    public void closeNow() {
        eventLoop().run(() -> end(FORCED_CLOSE, ""));
    }

    @Override
    public void cut(DisconnectReason reason, String description) {
        eventLoop().run(() -> {
            if (state == ReadyState.CLOSED) {
                return;
            }
            if (reason == TOO_SLOW) {
                server().countOverflow();
            }
            end(reason, description);
            current().cut();
        });
    }

    /** Ends the session, unless it is over. */
    void end(DisconnectReason reason, String description) {
        if (state == ReadyState.CLOSED) {
            return;
        }
        state = ReadyState.CLOSED;
        stopWaiting();
        if (closeTimer != null) {
            closeTimer.cancel();
        }
        Upgrade unfinished = upgrade;
        if (unfinished != null) {
            unfinished.abandon();
        }
        current().discard();
        server().unregister(this);
        log.debug("Session {} ended: {} ({})", id, reason.text(), description);
        tellEnd(reason, description);
    }

    private void tellEnd(DisconnectReason reason, String description) {
        if (listener != null) {
            tellEndNow(reason, description);
        } else {
            // The application is still being told of the connection: it hears of the end after that.
            eventLoop().execute(() -> tellEndNow(reason, description));
        }
    }

    private void tellEndNow(DisconnectReason reason, String description) {
        tell(to -> to.onClose(reason, description));
        if (observers != null) {
            observers.onClose(this, reason, description);
        }
    }

    // --- from the client

    /** Whether what {@code from} brings is still the session's. */
    boolean isTaking(Transport from) {
        return state != ReadyState.CLOSED && from.equals(transport);
    }

    void onRequest(HttpExchange exchange, EngineQuery query) {
        if (state == ReadyState.CLOSED) {
            server().refuse(exchange, Refusal.sessionUnknown(id));
        } else if (current() instanceof PollingTransport polling) {
            polling.onRequest(exchange);
        } else {
            server().refuse(
                            exchange,
                            Refusal.transportMismatch(
                                    query.transport(), transport().wireName()));
        }
    }

    void onText(String text) {
        if (state == ReadyState.OPEN) {
            if (observers != null) {
                EnginePacket.Text message = new EnginePacket.Text(text);
                observers.onPacket(this, message);
                observers.onText(this, message);
            }
            onSignOfLife();
            tell(to -> to.onText(text));
        }
    }

    void onBinary(ByteBuffer bytes) {
        if (state == ReadyState.OPEN) {
            if (observers != null) {
                EnginePacket.Binary message = new EnginePacket.Binary(bytes);
                observers.onPacket(this, message);
                observers.onBinary(this, message);
            }
            onSignOfLife();
            tell(to -> to.onBinary(bytes));
        }
    }

    void onPacket(EnginePacket packet) {
        if (state != ReadyState.OPEN) {
            return;
        }
        if (observers != null && packet.type() != EnginePacket.Type.MESSAGE) {
            observers.onPacket(this, packet);
        }
        switch (packet.type()) {
            case MESSAGE -> onMessage(packet);
            case PONG -> onPong();
            case PING -> onPing();
            case CLOSE -> end(TRANSPORT_CLOSE, "");
            case OPEN, UPGRADE, NOOP -> onSignOfLife(); // nothing else, as in the official server
        }
    }

    private void onMessage(EnginePacket packet) {
        if (packet instanceof EnginePacket.Binary binary) {
            onBinary(binary.bytes());
        } else {
            onText(((EnginePacket.Text) packet).text());
        }
    }

    void onDrain() {
        if (state == ReadyState.OPEN) {
            tell(EngineListener::onDrain);
        }
    }

    /** How many bytes wait for a client that counts as slow. */
    int highWaterMark() {
        return server().options().highWaterMark();
    }

    /** How many bytes may wait for a client, which is cut beyond them. */
    int maxBufferedBytes() {
        return server().options().maxBufferedBytes();
    }

    /** The transport was above its high-water mark; if it is yet, it tells again. */
    void onBelowHighWaterMark() {
        if (state == ReadyState.OPEN && !isAboveHighWaterMark()) {
            tell(EngineListener::onBelowHighWaterMark);
        }
    }

    void tell(Consumer<EngineListener> event) {
        try {
            if (listener != null) {
                event.accept(listener);
            }
        } catch (RuntimeException | Error thrown) {
            log.error("Session {}: its listener failed", id, thrown);
            end(FORCED_CLOSE, "listener failed");
        }
    }

    // --- heartbeat: the server pings, but with protocol 3 the client

    private boolean isPingedByClient() {
        return protocol == EngineQuery.OLD_PROTOCOL;
    }

    private void beginHeartbeat() {
        if (isPingedByClient()) {
            home.heartbeats().awaitPing(this);
        } else {
            home.heartbeats().rest(this);
        }
    }

    private void onPing() {
        if (isPingedByClient()) {
            home.heartbeats().awaitPing(this);
            create(Packets.PONG);
            tellHeartbeat();
        } else {
            end(TRANSPORT_ERROR, WRONG_DIRECTION);
        }
    }

    private void onPong() {
        if (isPingedByClient()) {
            end(TRANSPORT_ERROR, WRONG_DIRECTION);
        } else {
            home.heartbeats().rest(this);
            tellHeartbeat();
        }
    }

    private void tellHeartbeat() {
        if (observers != null) {
            observers.onHeartbeat(this);
        }
    }

    void onPingDue() {
        graceUsed = false;
        home.heartbeats().awaitPong(this);
        create(Packets.PING);
    }

    void onPongOverdue() {
        if (readingPaused) {
            home.heartbeats().awaitPong(this); // it may have come, and we are not listening
        } else {
            end(PING_TIMEOUT, "");
        }
    }

    void onPingOverdue() {
        if (readingPaused) {
            home.heartbeats().awaitPing(this); // likewise
        } else {
            end(PING_TIMEOUT, "");
        }
    }

    /** The first packet that comes instead of a pong shows that the client lives: it gets the full time once more. */
    private void onSignOfLife() {
        if (!graceUsed && home.heartbeats().awaitsPong(this)) {
            graceUsed = true;
            home.heartbeats().awaitPong(this);
        }
    }

    // --- upgrade

    /** Whether {@code candidate} may go on: nothing else is under way or done. */
    boolean startUpgrade(Upgrade candidate) {
        if (state == ReadyState.CLOSED || upgrade != null || transport() != TransportType.POLLING) {
            return false;
        }
        upgrade = candidate;
        return true;
    }

    void endUpgrade() {
        upgrade = null;
        if (current() instanceof PollingTransport polling) {
            polling.forgetNoop();
        }
    }

    /** The candidate was closed for a mistake of the client; the session goes on. */
    void onUpgradeFailed(HttpRequest by, TransportType to, EngineException mistake) {
        server().tellRefused(by, Refusal.upgradeFailure(id, to, mistake));
    }

    /** The candidate has sent its probe. */
    void onUpgrading(TransportType to) {
        if (observers != null) {
            observers.onUpgrading(this, to);
        }
    }

    /** Ends the poll that the upgrading client waits for, or the next one. */
    void endPoll() {
        if (current() instanceof PollingTransport polling) {
            polling.sendNoop();
        }
    }

    /** Goes on over {@code next}: what waited for a poll leaves there first. */
    void moveTo(Transport next) {
        boolean slow = isAboveHighWaterMark();
        PollingTransport before = current() instanceof PollingTransport polling ? polling : null;
        List<EncodedPacket> waiting = before == null ? List.of() : before.handOver();
        if (state == ReadyState.CLOSED) { // by what the client had posted
            next.discard();
            return;
        }
        transport = next;
        upgraded = true;
        if (readingPaused) {
            next.pauseReading();
        }
        if (observers != null) {
            observers.onUpgrade(this, next.type());
        }
        if (!waiting.isEmpty()) {
            flush(waiting, next);
        }
        if (before != null) {
            before.handOverWrites(next);
        }
        if (state == ReadyState.CLOSING) {
            next.close();
        } else {
            tell(to -> to.onUpgrade(next.type()));
            if (slow) {
                onBelowHighWaterMark();
            }
        }
    }

    // --- to the client

    @Override
    public void send(EncodedPacket packet) {
        if (eventLoop().inEventLoop()) {
            sendHere(packet);
        } else if (isOpen()) {
            eventLoop().execute(() -> sendHere(packet));
        }
    }

    private void sendHere(EncodedPacket packet) {
        if (state == ReadyState.OPEN) {
            create(packet);
        }
    }

    private void create(EncodedPacket packet) {
        if (observers == null) {
            current().send(packet);
            return;
        }
        observers.onPacketCreate(this, packet);
        if (transport() == TransportType.POLLING) {
            current().send(packet); // which tells of the flush when there is one
        } else {
            flush(List.of(packet), current());
        }
    }

    private void flush(List<EncodedPacket> packets, Transport to) {
        onFlush(packets);
        packets.forEach(to::send);
        onFlushed();
    }

    @Override
    public CompletableFuture<Void> write(EncodedPacket packet) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        if (isOpen()) {
            eventLoop().run(() -> writeHere(packet, written));
        } else {
            failWrite(written);
        }
        return written;
    }

    private void writeHere(EncodedPacket packet, CompletableFuture<Void> written) {
        sendHere(packet);
        if (state == ReadyState.OPEN) {
            current().whenSent(written);
        } else {
            failWrite(written);
        }
    }

    static void failWrite(CompletableFuture<Void> written) {
        written.completeExceptionally(new IOException("Not sent: the session is over"));
    }

    /** A transport is about to take packets to its peer. */
    void onFlush(List<EncodedPacket> packets) {
        if (observers != null) {
            observers.onFlush(this, packets);
        }
    }

    /** It has taken them. */
    void onFlushed() {
        if (observers != null) {
            observers.onDrain(this);
        }
    }

    @Override
    public void observe(EngineObserver observer) {
        requireNonNull(observer, "observer");
        eventLoop().run(() -> observers = Observers.add(observers, observer));
    }

    void onOverflow() {
        cut(TOO_SLOW, "more than " + maxBufferedBytes() + " bytes wait to be sent (limit: maxBufferedBytes)");
    }

    @Override
    public boolean isWritable() {
        Transport carrier = transport;
        return isOpen() && carrier != null && carrier.isWritable();
    }

    @Override
    public boolean isAboveHighWaterMark() {
        Transport carrier = transport;
        return carrier != null && carrier.isAboveHighWaterMark();
    }

    @Override
    public long bufferedBytes() {
        Transport carrier = transport;
        return carrier == null ? 0 : carrier.bufferedBytes();
    }

    @Override
    public void pauseReading() {
        eventLoop().run(() -> {
            readingPaused = true;
            current().pauseReading();
        });
    }

    @Override
    public void resumeReading() {
        eventLoop().run(() -> {
            readingPaused = false;
            current().resumeReading();
            if (home.heartbeats().awaitsPong(this)) {
                home.heartbeats().awaitPong(this); // the pong had no way to us
            } else if (isOpen() && isPingedByClient()) {
                home.heartbeats().awaitPing(this);
            }
        });
    }

    // --- what it is

    @Override
    public String id() {
        return id;
    }

    @Override
    public EventLoop eventLoop() {
        return home.eventLoop();
    }

    HomeLoop home() {
        return home;
    }

    @Override
    public int protocol() {
        return protocol;
    }

    @Override
    public HttpRequest request() {
        if (request.remoteAddress() != null) {
            return request;
        }
        SocketAddress kept = address;
        Transport carrier = transport;
        SocketAddress from = kept != null || carrier == null ? kept : carrier.remoteAddress();
        return from == null ? request : HomeLoop.from(from, request);
    }

    /** Whether this is the request that began the session. */
    @SuppressWarnings("ReferenceEquality") // the very one: another with the same content is not
    boolean isBegunBy(HttpRequest other) {
        return other == request;
    }

    @Override
    public TransportType transport() {
        return current().type();
    }

    @Override
    public ReadyState readyState() {
        return state;
    }

    @Override
    public boolean isUpgrading() {
        return upgrade != null;
    }

    @Override
    public boolean isUpgraded() {
        return upgraded;
    }

    @Override
    public boolean isOpen() {
        return state == ReadyState.OPEN;
    }

    private Transport current() {
        Transport carrier = transport;
        if (carrier == null) {
            throw new IllegalStateException("session " + id + " has not begun (expected: open() first)");
        }
        return carrier;
    }
}

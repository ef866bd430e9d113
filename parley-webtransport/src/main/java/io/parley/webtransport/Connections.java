package io.parley.webtransport;

import io.netty.handler.codec.quic.QuicChannel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The QUIC connections of a server, and how many there may be.
 *
 * <p><b>Threading.</b> Confined to the event loop, but for {@link #ended}.
 */
final class Connections {

    private static final int IPV6_NETWORK_BYTES = 8;

    private final ServerOptions options;
    private final Figures figures;
    private final Set<Connection> open = new LinkedHashSet<>();
    private final Map<Object, Integer> byAddress = new HashMap<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private int handshakes;
    private boolean closing;

    Connections(ServerOptions options, Figures figures) {
        this.options = options;
        this.figures = figures;
    }

    /** Takes in a new connection; false when there are too many. It is forgotten when its channel is closed. */
    boolean add(Connection connection, QuicChannel channel) {
        figures.connectionsAccepted.increment();
        Object address = keyOf(channel.remoteSocketAddress());
        if (isFull(address)) {
            figures.refusedConnections.increment();
            return false;
        }
        open.add(connection);
        byAddress.merge(address, 1, Integer::sum);
        handshakes++;
        figures.connectionsOpen.increment();
        channel.closeFuture().addListener(closed -> remove(connection, address));
        return true;
    }

    private boolean isFull(Object address) {
        return closing
                || open.size() >= options.maxConnections()
                || byAddress.getOrDefault(address, 0) >= options.maxConnectionsPerAddress()
                || handshakes >= options.tls().maxHandshakes();
    }

    /** A connection has a session, or never will. */
    void endHandshake() {
        handshakes--;
    }

    private void remove(Connection connection, Object address) {
        open.remove(connection);
        byAddress.computeIfPresent(address, (any, count) -> count == 1 ? null : count - 1);
        figures.connectionsOpen.decrement();
        endWhenEmpty();
    }

    /** Takes no more connections, and ends those there are in good order. */
    void close() {
        closing = true;
        List.copyOf(open).forEach(Connection::close);
        endWhenEmpty();
    }

    private void endWhenEmpty() {
        if (closing && open.isEmpty()) {
            ended.complete(null);
        }
    }

    /** Ends what is left at once. */
    void cut() {
        List.copyOf(open).forEach(Connection::cut);
    }

    /** Completes after {@link #close}, when there is no connection any more. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** An IPv6 address counts as its network of 64 bits, which is what one customer is given. */
    private static Object keyOf(@Nullable SocketAddress address) {
        if (!(address instanceof InetSocketAddress internet)) {
            return ""; // no connection comes without
        }
        InetAddress host = internet.getAddress();
        return host instanceof Inet6Address
                ? ByteBuffer.wrap(Arrays.copyOf(host.getAddress(), IPV6_NETWORK_BYTES))
                : host;
    }
}

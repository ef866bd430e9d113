package io.parley.websocket.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How many connections each address has, when that is limited. An IPv6 address counts as its network of 64 bits, which
 * is what one customer is given.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class AddressCounts {

    private static final int IPV6_NETWORK_BYTES = 8;

    private final int max;
    private final ConcurrentHashMap<Object, Integer> counts = new ConcurrentHashMap<>();

    /** Counts nothing when {@code max} is {@link Integer#MAX_VALUE}. */
    AddressCounts(int max) {
        this.max = max;
    }

    boolean areCounted() {
        return max != Integer.MAX_VALUE;
    }

    /** Adds a connection; false when its address has more than it may. */
    boolean add(@Nullable SocketAddress address) {
        Object key = keyOf(address);
        return key == null || counts.merge(key, 1, Integer::sum) <= max;
    }

    /** Takes a connection off that was added. */
    void remove(@Nullable SocketAddress address) {
        Object key = keyOf(address);
        if (key != null) {
            counts.computeIfPresent(key, (any, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Null when it is not counted: the address of a Unix domain socket tells nothing. */
    private @Nullable Object keyOf(@Nullable SocketAddress address) {
        if (!areCounted() || !(address instanceof InetSocketAddress internet)) {
            return null;
        }
        InetAddress host = internet.getAddress();
        return host instanceof Inet6Address
                ? ByteBuffer.wrap(Arrays.copyOf(host.getAddress(), IPV6_NETWORK_BYTES))
                : host;
    }
}

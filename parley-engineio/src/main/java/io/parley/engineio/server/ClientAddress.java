package io.parley.engineio.server;

import io.parley.websocket.server.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says which client a request comes from, for what is limited by address. */
@FunctionalInterface
public interface ClientAddress {

    /**
     * The client's address, in any form that is the same for each of its requests. Called on an event loop, so it must
     * not block; once when a session begins, and again, with the same request, when it ends.
     *
     * @return null for a client that is not limited by address
     */
    @Nullable
    String of(HttpRequest request);

    /**
     * The address of the TCP connection. An IPv6 address counts as its network of 64 bits, which is what one customer
     * is given; a Unix domain socket has none.
     */
    static ClientAddress remote() {
        return IpAddress::keyOfRemote;
    }

    /**
     * The address that a trusted proxy has put into {@code X-Forwarded-For}: the last one that is not a trusted proxy
     * itself. Whoever does not come from a trusted proxy is taken by the address of the connection, whatever the field
     * says.
     *
     * @param trustedProxies addresses such as {@code 10.0.0.7} or {@code ::1}, and networks such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException if one of them is neither
     */
    static ClientAddress forwardedBy(String... trustedProxies) {
        return new ForwardedAddress(
                List.of(trustedProxies).stream().map(IpNetwork::parse).toList());
    }
}

package io.parley.engineio.server;

import io.parley.websocket.server.HttpRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client's address as trusted proxies tell it.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param trusted whose word is taken
 */
record ForwardedAddress(List<IpNetwork> trusted) implements ClientAddress {

    /** Each proxy has added, at the end, whom it was asked by; so it is read from there until somebody is not trusted. */
    @Override
    public @Nullable String of(HttpRequest request) {
        InetAddress client = IpAddress.remote(request);
        List<String> hops = hops(request);
        for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
            InetAddress hop = IpAddress.parse(hops.get(i));
            if (hop == null) {
                break; // what stands before it is anybody's word
            }
            client = hop;
        }
        return client == null ? null : IpAddress.key(client);
    }

    private static List<String> hops(HttpRequest request) {
        List<String> hops = new ArrayList<>();
        for (String field : request.headers().all("X-Forwarded-For")) {
            hops.addAll(List.of(field.split(",", -1)));
        }
        return hops;
    }

    private boolean isTrusted(@Nullable InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }
}

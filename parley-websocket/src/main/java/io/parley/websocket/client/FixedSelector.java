package io.parley.websocket.client;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;

/** Always says the same: what {@link ProxySelector#of} is for HTTP proxies. */
final class FixedSelector extends ProxySelector {

    private final Proxy proxy;

    FixedSelector(Proxy proxy) {
        this.proxy = proxy;
    }

    @Override
    public List<Proxy> select(URI uri) {
        return List.of(proxy);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException cause) {
        // There is no other.
    }
}

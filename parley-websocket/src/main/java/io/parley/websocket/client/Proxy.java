package io.parley.websocket.client;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way to a server through a proxy, if any. An HTTP proxy is asked for a tunnel by {@code CONNECT} (RFC 9110 section
 * 9.3.6), for {@code ws} too, and may ask for basic or digest authentication; a SOCKS5 proxy (RFC 1928) may ask for name
 * and password.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class Proxy {

    private final @Nullable ProxySelector fixed; // null for the one that is the default when it is needed
    private final @Nullable Credentials credentials; // null for none

    private Proxy(@Nullable ProxySelector fixed, @Nullable Credentials credentials) {
        this.fixed = fixed;
        this.credentials = credentials;
    }

    /** No proxy. */
    public static Proxy none() {
        return new Proxy(ProxySelector.of(null), null);
    }

    /**
     * What the default {@link ProxySelector} says: from the system properties {@code https.proxyHost} and {@code
     * https.proxyPort} for {@code wss}, {@code http.proxyHost} and {@code http.proxyPort} for {@code ws}, {@code
     * http.nonProxyHosts} for the hosts without a proxy, and {@code socksProxyHost}.
     */
    public static Proxy system() {
        return new Proxy(null, null);
    }

    /** What that selector says to the URL with {@code http} for {@code ws} and {@code https} for {@code wss}. */
    public static Proxy from(ProxySelector selector) {
        return new Proxy(requireNonNull(selector, "selector"), null);
    }

    /**
     * An HTTP proxy.
     *
     * @param port 1 to 65535
     */
    public static Proxy http(String host, int port) {
        return new Proxy(ProxySelector.of(address(host, port)), null);
    }

    /**
     * A SOCKS5 proxy, which also resolves the names of servers.
     *
     * @param port 1 to 65535
     */
    public static Proxy socks5(String host, int port) {
        java.net.Proxy proxy = new java.net.Proxy(java.net.Proxy.Type.SOCKS, address(host, port));
        return new Proxy(new FixedSelector(proxy), null);
    }

    /**
     * The same with name and password, for a proxy that asks for them.
     *
     * @param user without a colon, and with {@code password} at most 255 bytes of UTF-8 each for SOCKS5
     */
    public Proxy credentials(String user, String password) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("user: '" + user + "' (expected: a name without a colon)");
        }
        return new Proxy(fixed, new Credentials(user, requireNonNull(password, "password")));
    }

    private static InetSocketAddress address(String host, int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
        return InetSocketAddress.createUnresolved(requireNonNull(host, "host"), port);
    }

    /** The proxies to try, the best first; blocks as long as the selector does. */
    List<java.net.Proxy> select(Target target) {
        ProxySelector selector = fixed == null ? ProxySelector.getDefault() : fixed;
        return selector == null
                ? List.of(java.net.Proxy.NO_PROXY)
                : selector.select(URI.create(
                        (target.secure() ? "https://" : "http://") + target.host() + ":" + target.port() + "/"));
    }

    @Nullable
    Credentials credentials() {
        return credentials;
    }
}

package io.parley.websocket.client;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a socket connects to.
 *
 * @param secure whether by TLS
 * @param host a name or an address, one of IPv6 in brackets
 * @param port 1 to 65535
 * @param resource path and query
 */
record Target(boolean secure, String host, int port, String resource) {

    static Target parse(String url) {
        try {
            URI uri = new URI(url);
            boolean secure = "wss".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return new Target(
                    secure, uri.getHost(), uri.getPort() < 0 ? defaultPort(secure) : uri.getPort(), path + query);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static int defaultPort(boolean secure) {
        return secure ? 443 : 80;
    }

    String url() {
        return origin() + resource;
    }

    String origin() {
        return (secure ? "wss://" : "ws://") + authority();
    }

    /** Host, and port where it is not the usual one. */
    String authority() {
        return port == defaultPort(secure) ? host : host + ":" + port;
    }
}

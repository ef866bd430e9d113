package io.parley.websocket.client;

import org.jspecify.annotations.Nullable;

/**
 * Where a socket connects to.
 *
 * @param secure whether by TLS
 * @param userInfo name and password as they stand in the URL, percent-encoded; empty when there are none
 * @param host a name in ASCII or an address, one of IPv6 in brackets
 * @param port 0 to 65535
 * @param resource path and query, percent-encoded
 */
record Target(boolean secure, String userInfo, String host, int port, String resource) {

    /**
     * What a browser makes of that URL (WHATWG WebSockets section 3.1).
     *
     * @throws IllegalArgumentException if it would not take it
     */
    static Target parse(String url) {
        return UrlParser.parse(url);
    }

    static int defaultPort(boolean secure) {
        return secure ? 443 : 80;
    }

    /** The URL, in the one way to write it. */
    String url() {
        return scheme() + "://" + (userInfo.isEmpty() ? "" : userInfo + "@") + authority() + resource;
    }

    String origin() {
        return scheme() + "://" + authority();
    }

    private String scheme() {
        return secure ? "wss" : "ws";
    }

    /** Host, and port where it is not the usual one. */
    String authority() {
        return port == defaultPort(secure) ? host : hostAndPort();
    }

    String hostAndPort() {
        return host + ":" + port;
    }

    /** The host as resolvers and TLS take it: an address of IPv6 without brackets. */
    String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Whether this is the same server by the same way. */
    boolean isSameServer(Target other) {
        return origin().equals(other.origin());
    }

    /** Name and password of the URL; null when there are none. */
    @Nullable
    Credentials credentials() {
        if (userInfo.isEmpty()) {
            return null;
        }
        int colon = userInfo.indexOf(':');
        return colon < 0
                ? new Credentials(PercentEncoding.decode(userInfo), "")
                : new Credentials(
                        PercentEncoding.decode(userInfo.substring(0, colon)),
                        PercentEncoding.decode(userInfo.substring(colon + 1)));
    }

    /** The target that a {@code Location} field names, seen from this one. */
    Target redirectedTo(String location) {
        return UrlParser.parse(location, this);
    }

    @Override
    public String toString() {
        return origin() + resource; // without the password
    }
}

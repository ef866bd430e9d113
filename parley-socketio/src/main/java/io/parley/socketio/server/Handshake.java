package io.parley.socketio.server;

import io.parley.websocket.HttpHeaders;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.QueryString;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * How a client came: the HTTP request that began its connection, and what it said when it joined the namespace.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class Handshake {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE MMM dd yyyy HH:mm:ss 'GMT'Z", Locale.ENGLISH);

    private final HttpRequest request;
    private final long issuedMillis;
    private final Auth auth;

    Handshake(HttpRequest request, long issuedMillis, Auth auth) {
        this.request = request;
        this.issuedMillis = issuedMillis;
        this.auth = auth;
    }

    /** The header fields of the request. */
    public HttpHeaders headers() {
        return request.headers();
    }

    /** When the client joined, as JavaScript prints a date: {@code Mon Nov 23 2026 05:12:55 GMT+0000}. */
    public String time() {
        return TIME.format(issued().atOffset(ZoneOffset.UTC));
    }

    /** When the client joined. */
    public Instant issued() {
        return Instant.ofEpochMilli(issuedMillis);
    }

    /** The client's IP address; empty when the host does not know it. Behind a proxy it is the proxy's. */
    public String address() {
        SocketAddress remote = request.remoteAddress();
        return remote instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : "";
    }

    /** Whether the request says from which page it comes (an {@code Origin} field). */
    public boolean xdomain() {
        return request.headers().contains("Origin");
    }

    /** Whether it came over TLS. */
    public boolean secure() {
        return request.secure();
    }

    /** The raw target of the request: path and query. */
    public String url() {
        return request.target();
    }

    /** The query of the request, decoded; with {@code EIO} and {@code transport}. */
    public Map<String, String> query() {
        return QueryString.parse(request.query());
    }

    /** What the client said when it joined the namespace. */
    public Auth auth() {
        return auth;
    }
}

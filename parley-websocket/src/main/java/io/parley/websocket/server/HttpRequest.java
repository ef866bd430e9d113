package io.parley.websocket.server;

import io.parley.websocket.HttpHeaders;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The head of one HTTP request.
 *
 * <p><b>Threading.</b> Immutable, so it may be kept for as long as the session it began.
 *
 * @param method as it came, for example {@code GET}
 * @param target the raw request target in origin form: path and, after a {@code ?}, the query
 * @param headers the header fields
 * @param remoteAddress the peer's address; null when the host does not know it, a
 *     {@link java.net.UnixDomainSocketAddress} without a path when it came over a Unix domain socket
 * @param secure whether it came over TLS
 * @param clientCertificates what the client has shown of itself over TLS, its own certificate first; empty when it was
 *     not asked to, or had none, see {@link TlsOptions.Builder#clientCertificates}
 */
public record HttpRequest(
        String method,
        String target,
        HttpHeaders headers,
        @Nullable SocketAddress remoteAddress,
        boolean secure,
        List<X509Certificate> clientCertificates) {

    /** Takes a copy of the list. */
    public HttpRequest {
        clientCertificates = List.copyOf(clientCertificates);
    }

    /** A request of a client that has shown no certificate. */
    public HttpRequest(
            String method, String target, HttpHeaders headers, @Nullable SocketAddress remoteAddress, boolean secure) {
        this(method, target, headers, remoteAddress, secure, List.of());
    }

    /** The raw path: what stands before the {@code ?}, still percent-encoded. */
    public String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    /** The raw query: what stands after the first {@code ?}; empty when there is none. */
    public String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark + 1);
    }

    /** The decoded value of the first query parameter of that name ({@code application/x-www-form-urlencoded}). */
    public Optional<String> queryParameter(String name) {
        return QueryString.first(query(), name);
    }

    /** The same but for the header fields of that name. */
    HttpRequest without(String name) {
        return new HttpRequest(method, target, headers.without(name), remoteAddress, secure, clientCertificates);
    }

    /** The first header field of that name. */
    public Optional<String> header(String name) {
        return headers.first(name);
    }
}

package io.parley.websocket.server;

import static io.parley.websocket.http.HttpException.malformed;
import static io.parley.websocket.http.HttpSyntax.hasToken;

import io.parley.websocket.HttpHeaders;
import io.parley.websocket.http.HttpException;
import io.parley.websocket.http.HttpSyntax;
import java.util.List;
import java.util.Locale;

/**
 * The head of a request and what it means for the connection (RFC 9112 sections 3.2, 6 and 9).
 *
 * @param line the request line
 * @param headers all fields
 * @param bodyLength in bytes; 0 for no body, {@link #CHUNKED} when its chunks tell
 * @param keepAlive whether the client wants to send more requests on this connection
 * @param expectsContinue whether the client waits for a 100 before it sends the body
 * @param webSocketUpgrade whether it asks for a WebSocket
 */
record RequestHead(
        RequestLine line,
        HttpHeaders headers,
        long bodyLength,
        boolean keepAlive,
        boolean expectsContinue,
        boolean webSocketUpgrade) {

    static final long CHUNKED = -1;

    private static final int MAX_LENGTH_DIGITS = 18; // fits into a long

    /** Checks what can be smuggled: two readings of one request are a way around whoever reads it first. */
    static RequestHead of(RequestLine line, HttpHeaders fields) {
        HttpHeaders headers = withHost(line, fields);
        return new RequestHead(
                line,
                headers,
                bodyLength(line, headers),
                keepAlive(line, headers),
                expectsContinue(line, headers),
                hasToken(headers, "Upgrade", "websocket"));
    }

    boolean hasBody() {
        return bodyLength != 0;
    }

    boolean isSafe() {
        return line.method().equals("GET") || isHead() || line.method().equals("OPTIONS");
    }

    boolean isHead() {
        return line.method().equals("HEAD");
    }

    private static HttpHeaders withHost(RequestLine line, HttpHeaders headers) {
        List<String> hosts = headers.all("Host");
        if (hosts.size() > 1 || (hosts.isEmpty() && !line.http10())) {
            throw malformed(hosts.size() + " Host fields (expected: 1)");
        }
        String authority = line.authority();
        if (authority == null) {
            hosts.forEach(RequestHead::checkHost);
            return headers;
        }
        checkHost(authority);
        return headers.without("Host").with("Host", authority);
    }

    private static void checkHost(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c <= ' ' || c >= 0x7f || "/?#@,\\\"<>".indexOf(c) >= 0) {
                throw malformed("Host field (expected: host and port)");
            }
        }
    }

    private static long bodyLength(RequestLine line, HttpHeaders headers) {
        List<String> codings = headers.all("Transfer-Encoding");
        List<String> lengths = headers.all("Content-Length");
        if (codings.isEmpty()) {
            return lengths.isEmpty() ? 0 : contentLength(lengths);
        }
        if (!lengths.isEmpty()) {
            throw malformed("Content-Length and Transfer-Encoding (expected: one of them)");
        }
        if (line.http10()) {
            throw malformed("Transfer-Encoding in HTTP/1.0 (expected: Content-Length)");
        }
        checkTransferCoding(String.join(",", codings).toLowerCase(Locale.ROOT));
        return CHUNKED;
    }

    private static void checkTransferCoding(String codings) {
        if (codings.equals("chunked")) {
            return;
        }
        for (String coding : codings.split(",", -1)) {
            if (!coding.isBlank() && !coding.strip().equals("chunked")) {
                throw new HttpException(501, "Transfer-Encoding (expected: chunked)");
            }
        }
        throw malformed("Transfer-Encoding (expected: chunked, once)");
    }

    private static long contentLength(List<String> lengths) {
        String length = lengths.get(0);
        for (String other : lengths) {
            if (!other.equals(length)) {
                throw malformed("Several Content-Length fields that differ (expected: one)");
            }
        }
        if (!HttpSyntax.isDigits(length) || length.length() > MAX_LENGTH_DIGITS) {
            throw malformed("Content-Length (expected: 1 to " + MAX_LENGTH_DIGITS + " digits)");
        }
        return Long.parseLong(length);
    }

    private static boolean keepAlive(RequestLine line, HttpHeaders headers) {
        if (line.http10()) {
            return hasToken(headers, "Connection", "keep-alive");
        }
        return !hasToken(headers, "Connection", "close");
    }

    private static boolean expectsContinue(RequestLine line, HttpHeaders headers) {
        List<String> expectations = headers.all("Expect");
        if (expectations.isEmpty() || line.http10()) { // RFC 9110 section 10.1.1: ignored in HTTP/1.0
            return false;
        }
        if (expectations.size() > 1 || !expectations.get(0).equalsIgnoreCase("100-continue")) {
            throw new HttpException(417, "Expect (expected: 100-continue)");
        }
        return true;
    }
}

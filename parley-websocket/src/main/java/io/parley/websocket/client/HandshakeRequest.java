package io.parley.websocket.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.parley.websocket.DeflateOptions;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.frame.DeflateNegotiation;
import io.parley.websocket.http.HttpSyntax;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A request to open a WebSocket (RFC 6455 section 4.1).
 *
 * @param target where to
 * @param key its {@code Sec-WebSocket-Key}
 * @param protocols the subprotocols that it offers
 * @param deflate the compression that it offers
 * @param headers the other fields
 */
record HandshakeRequest(
        Target target, String key, List<String> protocols, Optional<DeflateOptions> deflate, HttpHeaders headers) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Fields that only the handshake itself writes, in lower case. */
    private static final Set<String> OURS =
            Set.of("host", "upgrade", "connection", "content-length", "transfer-encoding", "te", "trailer");

    /** A key of 16 random bytes. */
    private static String newKey() {
        byte[] key = new byte[16];
        RANDOM.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /** The request of a plan. */
    static HandshakeRequest of(Plan plan, String cookies, Settings settings) {
        HttpHeaders headers = settings.handshake().headers();
        if (!plan.sameServer()) {
            headers = headers.without("Authorization").without("Cookie");
        }
        if (!cookies.isEmpty()) {
            headers = headers.with("Cookie", cookies);
        }
        if (plan.authorization() != null) {
            headers = headers.without("Authorization").with("Authorization", plan.authorization());
        }
        return new HandshakeRequest(
                plan.target(),
                newKey(),
                settings.handshake().protocols(),
                settings.connection().deflate(),
                headers);
    }

    static List<String> checkedProtocols(List<String> protocols) {
        Set<String> seen = new HashSet<>();
        for (String protocol : protocols) {
            if (!HttpSyntax.isToken(protocol)) {
                throw new IllegalArgumentException(
                        "protocols: '" + HttpSyntax.printable(protocol) + "' (expected: a token, such as chat.v1)");
            }
            if (!seen.add(protocol)) {
                throw new IllegalArgumentException("protocols: '" + protocol + "' twice (expected: each once)");
            }
        }
        return protocols;
    }

    static void checkHeader(String name, String value) {
        if (!HttpSyntax.isToken(name)) {
            throw new IllegalArgumentException(
                    "Header field name '" + HttpSyntax.printable(name) + "' (expected: a token)");
        }
        if (!HttpSyntax.isFieldValue(value)) {
            throw new IllegalArgumentException("Header field " + name + ": '" + HttpSyntax.printable(value)
                    + "' (expected: one line of Latin-1 without control characters)");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (OURS.contains(lower) || lower.startsWith("sec-websocket-")) {
            throw new IllegalArgumentException("Header field " + name + " (expected: none, the handshake adds it)");
        }
    }

    /** As it is sent. */
    ByteBuffer encode() {
        StringBuilder head =
                new StringBuilder(512).append("GET ").append(target.resource()).append(" HTTP/1.1\r\n");
        append(head, "Host", target.authority());
        append(head, "Upgrade", "websocket");
        append(head, "Connection", "Upgrade");
        append(head, "Sec-WebSocket-Key", key);
        append(head, "Sec-WebSocket-Version", "13");
        if (!protocols.isEmpty()) {
            append(head, "Sec-WebSocket-Protocol", String.join(", ", protocols));
        }
        deflate.ifPresent(options -> append(head, "Sec-WebSocket-Extensions", DeflateNegotiation.offer(options)));
        headers.forEach((name, value) -> append(head, name, value));
        return ByteBuffer.wrap(head.append("\r\n").toString().getBytes(ISO_8859_1));
    }

    private static void append(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
}

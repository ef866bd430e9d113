package io.parley.websocket.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What proves that a server understood the handshake (RFC 6455 section 1.3). */
public final class AcceptKey {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private AcceptKey() {}

    /** The {@code Sec-WebSocket-Accept} to a {@code Sec-WebSocket-Key}. */
    public static String of(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) { // every Java platform has SHA-1
            throw new AssertionError(impossible);
        }
    }
}

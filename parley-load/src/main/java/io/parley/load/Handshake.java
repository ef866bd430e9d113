package io.parley.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The opening handshake of one WebSocket (RFC 6455 section 4).
 *
 * <p><b>Threading.</b> Confined to the loop of its connection.
 */
final class Handshake {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String EXTENSION = "permessage-deflate";
    private static final int KEY_BYTES = 16;

    private final String key;
    private final boolean deflate;

    Handshake(boolean deflate) {
        this.deflate = deflate;
        byte[] random = new byte[KEY_BYTES]; // of its own for each client: a server that keeps it pays for it
        ThreadLocalRandom.current().nextBytes(random);
        key = Base64.getEncoder().encodeToString(random);
    }

    ByteBuf request(Target target, String path) {
        return Unpooled.copiedBuffer(
                HttpRequests.head("GET", target, path) + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + key + "\r\n"
                        + (deflate ? "Sec-WebSocket-Extensions: " + EXTENSION + "\r\n" : "") + "\r\n",
                ISO_8859_1);
    }

    /**
     * Looks at the head of the answer.
     *
     * @throws LoadException if it is anything but what was asked for
     */
    void check(String head) {
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new LoadException(
                    "WebSocket handshake answered with " + Shown.text(head) + " (expected: HTTP/1.1 101)");
        }
        String expected = accept();
        if (!expected.equals(HttpRequests.field(head, "sec-websocket-accept"))) {
            throw new LoadException("WebSocket handshake with Sec-WebSocket-Accept "
                    + Shown.text(HttpRequests.field(head, "sec-websocket-accept")) + " (expected: '" + expected + "')");
        }
        String extensions = HttpRequests.field(head, "sec-websocket-extensions").toLowerCase(Locale.ROOT);
        if (extensions.contains(EXTENSION) != deflate) {
            throw new LoadException("WebSocket handshake with the extensions " + Shown.text(extensions) + " (expected: "
                    + (deflate ? EXTENSION : "none") + ")");
        }
    }

    private String accept() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha.digest((key + GUID).getBytes(ISO_8859_1)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("No SHA-1 (expected: it is in every Java)", missing);
        }
    }
}

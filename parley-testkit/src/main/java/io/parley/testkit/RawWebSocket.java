package io.parley.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A small WebSocket client of its own making (RFC 6455), which can also misbehave: every bit of a frame can be chosen.
 * It answers nothing by itself. Used by one thread at a time.
 */
public final class RawWebSocket implements AutoCloseable {

    /** The opcode of a frame that goes on with a message. */
    public static final int CONTINUATION = 0;

    /** The opcode of a text message. */
    public static final int TEXT = 1;

    /** The opcode of a binary message. */
    public static final int BINARY = 2;

    /** The opcode of a close frame. */
    public static final int CLOSE = 8;

    /** The opcode of a ping. */
    public static final int PING = 9;

    /** The opcode of a pong. */
    public static final int PONG = 10;

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

    private final RawPeer peer;
    private final String response;

    private RawWebSocket(RawPeer peer, String response) {
        this.peer = peer;
        this.response = response;
    }

    /**
     * One frame as it came.
     *
     * @param header the first byte: FIN, the reserved bits and the opcode
     * @param payload the bytes after the header
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by content, see equals
    public record Frame(int header, byte[] payload) {

        /** What the frame is: one of the constants of {@link RawWebSocket}. */
        public int opcode() {
            return header & 0x0f;
        }

        /** Whether it ends its message. */
        public boolean isFinal() {
            return (header & 0x80) != 0;
        }

        /** The payload as text. */
        public String text() {
            return new String(payload, UTF_8);
        }

        /** The code of a close frame; 1005 if it has none. */
        public int closeCode() {
            return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
        }

        /** The reason of a close frame. */
        public String closeReason() {
            return payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, UTF_8);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Frame frame && header == frame.header && Arrays.equals(payload, frame.payload);
        }

        @Override
        public int hashCode() {
            return 31 * header + Arrays.hashCode(payload);
        }

        @Override
        public String toString() {
            return String.format("Frame[%02x, %s]", header, HexFormat.of().formatHex(payload));
        }
    }

    /**
     * Opens a WebSocket on a port of this machine.
     *
     * @param headers more lines of the request, such as {@code "Origin: http://a.example"}
     * @throws AssertionError if the answer is not a correct 101
     */
    public static RawWebSocket open(int port, String target, String... headers) {
        return open(RawPeer.connect(port), port, target, headers);
    }

    /** Opens a WebSocket over a connection that is there already; closing it closes that. */
    public static RawWebSocket open(RawPeer peer, int port, String target, String... headers) {
        peer.send(request(port, target, headers));
        String response = peer.readUntil("\r\n\r\n");
        if (!response.startsWith("HTTP/1.1 101 ") || !response.contains(acceptFor(KEY))) {
            throw new AssertionError("Handshake: " + response + " (expected: 101 with the key's answer)");
        }
        return new RawWebSocket(peer, response);
    }

    /** The text of a correct handshake request, for tests that change it. */
    public static String request(int port, String target, String... headers) {
        StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\n"
                + "Host: 127.0.0.1:" + port + "\r\n"
                + "Upgrade: websocket\r\n"
                + "Connection: Upgrade\r\n"
                + "Sec-WebSocket-Key: " + KEY + "\r\n"
                + "Sec-WebSocket-Version: 13\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    /** The head of the handshake's answer. */
    public String response() {
        return response;
    }

    /** The connection below, for bytes that are no frame. */
    public RawPeer raw() {
        return peer;
    }

    /** Sends a whole text message. */
    public RawWebSocket sendText(String text) {
        return send(0x80 | TEXT, text.getBytes(UTF_8));
    }

    /** Sends a whole binary message. */
    public RawWebSocket sendBinary(byte[] bytes) {
        return send(0x80 | BINARY, bytes);
    }

    /** Sends a close frame with a code and a reason. */
    public RawWebSocket sendClose(int code, String reason) {
        byte[] text = reason.getBytes(UTF_8);
        ByteBuffer payload = ByteBuffer.allocate(2 + text.length).putShort((short) code);
        return send(0x80 | CLOSE, payload.put(text).array());
    }

    /** Sends one masked frame; {@code header} holds FIN, the reserved bits and the opcode. */
    public RawWebSocket send(int header, byte[] payload) {
        peer.send(frame(header, true, payload));
        return this;
    }

    /** Sends one frame without the mask that a client must use. */
    public RawWebSocket sendUnmasked(int header, byte[] payload) {
        peer.send(frame(header, false, payload));
        return this;
    }

    /** The bytes of one frame. */
    public static byte[] frame(int header, boolean masked, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) header);
        putLength(frame, masked ? 0x80 : 0, payload.length);
        if (masked) {
            frame.put(MASK);
        }
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (masked ? payload[i] ^ MASK[i & 3] : payload[i]));
        }
        return Arrays.copyOf(frame.array(), frame.position());
    }

    /**
     * Waits for the next frame.
     *
     * @throws AssertionError if the connection ends, or the frame is masked
     */
    public Frame read() {
        byte[] head = peer.readBytes(2);
        if ((head[1] & 0x80) != 0) {
            throw new AssertionError("A masked frame from the server (expected: no mask, RFC 6455 section 5.1)");
        }
        return new Frame(head[0] & 0xff, peer.readBytes(readLength(head[1])));
    }

    /**
     * Waits for a text message in one frame.
     *
     * @throws AssertionError if something else comes
     */
    public String readText() {
        Frame frame = read();
        if (frame.header() != (0x80 | TEXT)) {
            throw new AssertionError(frame + " (expected: a text message)");
        }
        return frame.text();
    }

    /** Ends the connection without a closing handshake. */
    @Override
    public void close() {
        peer.close();
    }

    private static void putLength(ByteBuffer frame, int mask, int length) {
        if (length < 126) {
            frame.put((byte) (mask | length));
        } else if (length < 65_536) {
            frame.put((byte) (mask | 126)).putShort((short) length);
        } else {
            frame.put((byte) (mask | 127)).putLong(length);
        }
    }

    private int readLength(int lengthBits) {
        return switch (lengthBits) {
            case 126 -> ByteBuffer.wrap(peer.readBytes(2)).getShort() & 0xffff;
            case 127 -> Math.toIntExact(ByteBuffer.wrap(peer.readBytes(8)).getLong());
            default -> lengthBits;
        };
    }

    private static String acceptFor(String key) {
        try {
            String text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JDK has SHA-1", e);
        }
    }
}

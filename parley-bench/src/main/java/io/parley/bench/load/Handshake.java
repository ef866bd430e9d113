package io.parley.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Opens WebSockets of a server on this machine. */
final class Handshake {

    private static final int MAX_ANSWER_BYTES = 4096;

    private Handshake() {}

    /**
     * A blocking channel on which the handshake is done.
     *
     * @throws IOException if the server answers anything but what was asked for
     */
    static SocketChannel open(int port, String path, boolean deflate) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            // Closed by a reset: ten thousand ports that wait for their end would be missing in the next run.
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.write(request(port, path, deflate));
            check(answer(channel), deflate);
            return channel;
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static ByteBuffer request(int port, String path, boolean deflate) {
        String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: " + key() + "\r\n"
                + (deflate ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "")
                + "\r\n";
        return ByteBuffer.wrap(head.getBytes(ISO_8859_1));
    }

    /** One of its own for each client: a server that keeps it pays for it. */
    private static String key() {
        byte[] key = new byte[16];
        ThreadLocalRandom.current().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /** Reads no further than the head: what follows it is frames. */
    private static String answer(SocketChannel channel) throws IOException {
        StringBuilder answer = new StringBuilder();
        ByteBuffer next = ByteBuffer.allocate(MAX_ANSWER_BYTES);
        while (answer.indexOf("\r\n\r\n") < 0) {
            if (channel.read(next) < 0 || answer.length() > MAX_ANSWER_BYTES) {
                throw new EOFException("Handshake without an end: " + answer);
            }
            answer.append(ISO_8859_1.decode(next.flip()));
            next.clear();
        }
        return answer.toString();
    }

    private static void check(String answer, boolean deflate) throws IOException {
        if (!answer.startsWith("HTTP/1.1 101")) {
            throw new IOException("Handshake answered with " + answer + " (expected: 101)");
        }
        if (!answer.endsWith("\r\n\r\n")) {
            throw new IOException("Frames with the handshake (expected: none before a message was sent)");
        }
        if (answer.toLowerCase(Locale.ROOT).contains("permessage-deflate") != deflate) {
            throw new IOException("Handshake answered with " + answer + " (expected: "
                    + (deflate ? "permessage-deflate" : "no extension") + ")");
        }
    }
}

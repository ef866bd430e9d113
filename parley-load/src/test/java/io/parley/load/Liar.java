package io.parley.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.testkit.RawPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that does with each connection what a test says, on a thread of its own; then it leaves it open. */
final class Liar implements AutoCloseable {

    static final String OPEN =
            "0{\"sid\":\"s1\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}";
    static final String CONNECTED = "40{\"sid\":\"x\"}";

    private static final Pattern KEY = Pattern.compile("Sec-WebSocket-Key: (\\S+)");
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Liar(Consumer<RawPeer> each) {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(() -> accept(each));
    }

    private void accept(Consumer<RawPeer> each) {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> serve(each, socket));
            }
        } catch (IOException expected) {
            // closed
        }
    }

    private static void serve(Consumer<RawPeer> each, Socket socket) {
        try {
            each.accept(RawPeer.over(socket));
        } catch (AssertionError | UncheckedIOException expected) {
            // The client has left.
        }
    }

    int port() {
        return server.getLocalPort();
    }

    Target.Builder target(String scheme) {
        return Target.builder(scheme + "://127.0.0.1:" + port());
    }

    /** Does the handshake of a WebSocket. */
    static RawPeer accept(RawPeer peer) {
        return peer.send(upgrade(peer.readUntil("\r\n\r\n")));
    }

    /** The answer to the handshake of a WebSocket. */
    static String upgrade(String request) {
        Matcher key = KEY.matcher(request);
        if (!key.find()) {
            throw new AssertionError("No WebSocket handshake: " + request);
        }
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(key.group(1)) + "\r\n\r\n";
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Does the handshakes of WebSocket, Engine.IO and Socket.IO. */
    static RawPeer acceptSocketIo(RawPeer peer) {
        accept(peer).send(text(OPEN));
        read(peer);
        return peer.send(text(CONNECTED));
    }

    static byte[] text(String text) {
        byte[] payload = text.getBytes(UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else {
            frame.write(126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** The text of the next frame, of at most 125 bytes. */
    static String read(RawPeer peer) {
        int length = peer.readBytes(2)[1] & 0x7F;
        byte[] mask = peer.readBytes(4);
        byte[] payload = peer.readBytes(length);
        for (int i = 0; i < length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return new String(payload, UTF_8);
    }

    static byte[] http(String status, String body) {
        return ("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}

package io.parley.bench.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.bench.process.PeerProcess;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/**
 * One Socket.IO client in {@code /}, over a WebSocket from the beginning, for what is no load: the first connection of a
 * server, for which next to nothing has to be loaded here, and clients that say farewell.
 *
 * <p><b>Threading.</b> Confined to one thread, which it blocks.
 */
public final class PlainConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int MASKED = 0x80;
    private static final int LONG_LENGTH = 126;
    private static final int MAX_HEAD_BYTES = 4096;
    private static final byte[] MASK = new byte[4]; // of zeros: the payload stands as it is

    private final Socket socket;
    private final DataInputStream in;

    private PlainConnection(Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(socket.getInputStream());
    }

    /**
     * Connects.
     *
     * @throws IOException if the server answers anything but what it should
     */
    public static PlainConnection open(PeerProcess server) throws IOException {
        PlainConnection connection = new PlainConnection(new Socket(InetAddress.getLoopbackAddress(), server.port()));
        try {
            connection.shakeHands(server.port());
            return connection;
        } catch (IOException failed) {
            connection.close();
            throw failed;
        }
    }

    private void shakeHands(int port) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        String request = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        expect("HTTP/1.1 101", head());
        expect("0{", text());
        send("40");
        expect("40{", text());
    }

    /** Sends a packet of fewer than 126 ASCII characters. */
    public void send(String packet) throws IOException {
        write(TEXT, packet.getBytes(ISO_8859_1));
    }

    /**
     * Reads until a packet comes that begins so.
     *
     * @throws IOException if none comes
     */
    public void await(String beginning) throws IOException {
        while (!text().startsWith(beginning)) {
            // Another one, which is nobody's here.
        }
    }

    /** Leaves as a client does that says so: the namespace, and then the WebSocket with an answer to it. */
    public void leave() throws IOException {
        send("41");
        write(CLOSE, new byte[] {0x03, (byte) 0xE8});
        in.readAllBytes();
    }

    private void write(int first, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        frame.write(MASKED | payload.length);
        frame.write(MASK);
        frame.write(payload);
        socket.getOutputStream().write(frame.toByteArray());
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            if (head.length() > MAX_HEAD_BYTES) {
                throw new IOException("Answer without an end: " + head);
            }
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    private String text() throws IOException {
        int first = in.readUnsignedByte();
        if (first != TEXT) {
            throw new IOException("Frame that begins with byte " + first + " (expected: " + TEXT + ", a text)");
        }
        int length = in.readUnsignedByte();
        byte[] payload = new byte[length == LONG_LENGTH ? in.readUnsignedShort() : length];
        in.readFully(payload);
        return new String(payload, UTF_8);
    }

    private static void expect(String beginning, String answer) throws IOException {
        if (!answer.startsWith(beginning)) {
            throw new IOException("The server answered " + answer + " (expected: " + beginning + "…)");
        }
    }

    /** Ends it, and tells nobody. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}

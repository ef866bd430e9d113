package io.parley.bench.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * One TCP connection that may write whatever it likes, with the little of WebSocket that makes a frame.
 *
 * <p><b>Threading.</b> One thread writes, one may read.
 */
final class Peer implements AutoCloseable {

    private static final String HOST = "Host: 127.0.0.1\r\n";

    /** A handshake of a WebSocket. */
    static final String WEBSOCKET = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n" + HOST
            + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    /** A handshake over polling. */
    static final String POLLING = "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\n" + HOST + "\r\n";

    private final Socket socket;
    private final InputStream in;

    private Peer(Socket socket) throws IOException {
        this.socket = socket;
        in = socket.getInputStream();
    }

    static Peer connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new Peer(socket);
    }

    /** One that never reads much: its network holds little. */
    static Peer connectDeaf(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new Peer(socket);
    }

    /** Opens a WebSocket and joins the main namespace. */
    Peer join() throws IOException {
        write(WEBSOCKET.getBytes(ISO_8859_1));
        readThrough("\r\n\r\n");
        write(frame("40"));
        while (!readMessage().startsWith("40")) {
            // the open packet
        }
        return this;
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void write(String text) throws IOException {
        write(text.getBytes(ISO_8859_1));
    }

    /** What comes up to and with {@code end}. */
    String readThrough(String end) throws IOException {
        StringBuilder text = new StringBuilder();
        char last = end.charAt(end.length() - 1);
        while (true) {
            char c = (char) readByte();
            text.append(c);
            if (c == last && text.lastIndexOf(end) == text.length() - end.length()) {
                return text.toString();
            }
        }
    }

    /** The next message of the server; a close frame is the end. */
    String readMessage() throws IOException {
        int head = readByte();
        int length = readByte() & 0x7F;
        if (length == 126) {
            length = readByte() << Byte.SIZE | readByte();
        }
        byte[] payload = in.readNBytes(length);
        if ((head & 0xF) == 8 || payload.length < length) {
            throw new EOFException("closed by the server");
        }
        return new String(payload, ISO_8859_1);
    }

    private int readByte() throws IOException {
        int read = in.read();
        if (read < 0) {
            throw new EOFException("closed by the server");
        }
        return read;
    }

    /** Reads messages until the server closes. */
    void readToClose() throws IOException {
        try {
            while (true) {
                readMessage();
            }
        } catch (EOFException expected) {
            // a close frame, or the end
        }
    }

    /** Reads over what comes until the connection is cut. */
    void readOver() {
        byte[] buffer = new byte[64 * 1024];
        try {
            while (in.read(buffer) >= 0) {
                // nobody wants it
            }
        } catch (IOException expected) { // cut
        }
    }

    /** A text frame of a client; the mask is zero. */
    static byte[] frame(String text) {
        return frame(0x81, text.getBytes(ISO_8859_1));
    }

    static byte[] frame(int head, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 8);
        frame.write(head);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >> Byte.SIZE);
            frame.write(payload.length);
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException expected) { // it was gone
        }
    }
}

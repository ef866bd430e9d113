package io.parley.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A bare TCP client for what a good client never sends. Bytes are shown as ISO-8859-1 text, one character a byte. What
 * waits, waits {@link Deadline#LIMIT}. Used by one thread at a time.
 */
public final class RawPeer implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;
    private final ByteArrayOutputStream unread = new ByteArrayOutputStream();

    private RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /** Connects to a port of this machine. */
    public static RawPeer connect(int port) {
        try {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) Deadline.LIMIT.toMillis());
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) Deadline.LIMIT.toMillis());
            return new RawPeer(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot connect to port " + port, e);
        }
    }

    /** Talks over a socket that is connected already, one with TLS for example. */
    public static RawPeer over(Socket socket) {
        try {
            socket.setSoTimeout((int) Deadline.LIMIT.toMillis());
            return new RawPeer(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use " + socket, e);
        }
    }

    /** Sends text as UTF-8, exactly as given. */
    public RawPeer send(String text) {
        return send(text.getBytes(UTF_8));
    }

    /** Sends bytes. */
    public RawPeer send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot send " + bytes.length + " bytes", e);
        }
    }

    /** Sends bytes written as hexadecimal digits; spaces are skipped. */
    public RawPeer sendHex(String hex) {
        return send(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** Sends bytes, and does not mind when the other side has closed already. */
    public RawPeer trySend(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException expected) {
            // The other side hung up in the middle: what a test of bad input is there to provoke.
        }
        return this;
    }

    /** Sends text byte by byte, each in a segment of its own as far as the system allows. */
    public RawPeer sendSlowly(String text) {
        for (byte b : text.getBytes(UTF_8)) {
            send(new byte[] {b});
        }
        return this;
    }

    /** Reads until this text has come, which is included; the rest stays for the next call. */
    public String readUntil(String end) {
        String text = readWhile(read -> !read.contains(end), "'" + end + "'");
        return take(text.indexOf(end) + end.length());
    }

    /** Reads exactly this many bytes. */
    public byte[] readBytes(int count) {
        readWhile(read -> read.length() < count, count + " bytes");
        return take(count).getBytes(ISO_8859_1);
    }

    /** Reads one HTTP answer with its body, by its {@code Content-Length}; without one only the head. */
    public String readResponse() {
        String head = readUntil("\r\n\r\n");
        return head + new String(readBytes(contentLength(head)), ISO_8859_1);
    }

    /** Reads all until the other side closes, in whichever way. */
    public String readToEnd() {
        StringBuilder all = new StringBuilder(take(unread.size()));
        byte[] buffer = new byte[8192];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                all.append(new String(buffer, 0, count, ISO_8859_1));
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("The connection is still open; read: " + all, e);
        } catch (IOException expected) {
            // A reset is an end too.
        }
        return all.toString();
    }

    /**
     * Waits for the other side to close.
     *
     * @throws AssertionError if it sends something first, or does not close within the limit
     */
    public void expectClosed() {
        String rest = readToEnd();
        if (!rest.isEmpty()) {
            throw new AssertionError("Read before the close: " + rest + " (expected: nothing)");
        }
    }

    /** Whether bytes can be read without waiting; false at the end of the stream. */
    public boolean hasInput() {
        try {
            return unread.size() > 0 || in.available() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends the sending direction; reading goes on. */
    public RawPeer endOutput() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot end the output", e);
        }
    }

    /** Ends the connection with a TCP reset. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot reset", e);
        }
    }

    /** Makes the receive buffer small, for a client that reads too slowly. */
    public RawPeer receiveBuffer(int bytes) {
        try {
            socket.setReceiveBufferSize(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot set the receive buffer", e);
        }
    }

    /** Ends the connection. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close", e);
        }
    }

    private String readWhile(Predicate<String> unfinished, String expected) {
        byte[] buffer = new byte[8192];
        String text = unread.toString(ISO_8859_1);
        while (unfinished.test(text)) {
            int count = readSome(buffer, text, expected);
            unread.write(buffer, 0, count);
            text = unread.toString(ISO_8859_1);
        }
        return text;
    }

    private int readSome(byte[] buffer, String text, String expected) {
        try {
            int count = in.read(buffer);
            if (count < 0) {
                throw new AssertionError("Closed after '" + text + "' (expected: " + expected + ")");
            }
            return count;
        } catch (IOException e) {
            throw new AssertionError("Read '" + text + "' and then " + e + " (expected: " + expected + ")", e);
        }
    }

    private String take(int count) {
        String all = unread.toString(ISO_8859_1);
        unread.reset();
        unread.writeBytes(all.substring(count).getBytes(ISO_8859_1));
        return all.substring(0, count);
    }

    private static int contentLength(String head) {
        for (String line : head.lines().toList()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                return Integer.parseInt(
                        line.substring("content-length:".length()).strip());
            }
        }
        return 0;
    }
}

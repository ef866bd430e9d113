package io.parley.websocket.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.testkit.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A bare client on a Unix domain socket. Used by one thread at a time; the test's own limit ends what waits. */
public final class UnixPeer implements AutoCloseable {

    private final SocketChannel channel;

    private UnixPeer(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects to a socket of this machine. */
    public static UnixPeer connect(Path path) {
        try {
            return new UnixPeer(SocketChannel.open(UnixDomainSocketAddress.of(path)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot connect to " + path, e);
        }
    }

    /** Sends text, one byte a character. */
    public UnixPeer send(String text) {
        return send(text.getBytes(ISO_8859_1));
    }

    private UnixPeer send(byte[] bytes) {
        try {
            ByteBuffer out = ByteBuffer.wrap(bytes);
            while (out.hasRemaining()) {
                channel.write(out);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a WebSocket. */
    public UnixPeer openWebSocket(String target) {
        String answer = send(RawWebSocket.request(1, target)).readUntil("\r\n\r\n");
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError(answer + " (expected: 101)");
        }
        return this;
    }

    /** Sends a text message. */
    public UnixPeer sendText(String text) {
        return send(RawWebSocket.frame(0x81, true, text.getBytes(UTF_8)));
    }

    /** Sends a close frame. */
    public UnixPeer sendClose(int code) {
        return send(RawWebSocket.frame(
                0x88, true, ByteBuffer.allocate(2).putShort((short) code).array()));
    }

    /** Waits for a frame of at most 125 bytes. */
    public RawWebSocket.Frame readFrame() {
        byte[] head = readBytes(2);
        return new RawWebSocket.Frame(head[0] & 0xff, readBytes(head[1]));
    }

    /** Reads until this text has come, which is included. */
    public String readUntil(String end) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(ISO_8859_1).endsWith(end)) {
            read.write(readBytes(1)[0]);
        }
        return read.toString(ISO_8859_1);
    }

    /** Reads so many bytes. */
    public byte[] readBytes(int count) {
        ByteBuffer in = ByteBuffer.allocate(count);
        try {
            while (in.hasRemaining()) {
                if (channel.read(in) < 0) {
                    throw new AssertionError("Closed after " + in.position() + " bytes (expected: " + count + ")");
                }
            }
            return in.array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the connection. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

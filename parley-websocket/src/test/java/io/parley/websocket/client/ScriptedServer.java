package io.parley.websocket.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.testkit.Deadline;
import io.parley.websocket.connection.AcceptKey;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server of bare sockets that does what a test says, right or wrong: each connection plays the script anew. */
final class ScriptedServer implements AutoCloseable {

    private final ServerSocket listener;
    private final Script script;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    /** What to do on a connection. */
    interface Script {
        void play(Peer peer) throws IOException;
    }

    /** A frame as it came, unmasked. */
    @SuppressWarnings("ArrayRecordComponent") // compared by its parts
    record Frame(int header, boolean masked, byte[] payload) {

        int closeCode() {
            return payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
        }

        String closeReason() {
            return payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, UTF_8);
        }

        String text() {
            return new String(payload, UTF_8);
        }
    }

    private ScriptedServer(Script script) {
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.script = script;
    }

    static ScriptedServer start(Script script) {
        ScriptedServer server = new ScriptedServer(script);
        server.run("scripted-server", server::acceptAll);
        return server;
    }

    int port() {
        return listener.getLocalPort();
    }

    String url() {
        return "ws://127.0.0.1:" + port() + "/";
    }

    /** The heads of the requests so far. */
    List<String> requests() {
        return requests;
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                run("scripted-peer", () -> play(socket));
            } catch (IOException expected) {
                return; // closed
            }
        }
    }

    private void play(Socket socket) {
        try {
            socket.setSoTimeout((int) Deadline.LIMIT.toMillis());
            script.play(new Peer(socket));
        } catch (IOException | RuntimeException | Error thrown) {
            failure.completeExceptionally(thrown);
        }
    }

    private void run(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends it, and all connections. */
    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection. */
    final class Peer {

        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;
        private String head = "";

        private Peer(Socket socket) throws IOException {
            this.socket = socket;
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        /** Reads up to the empty line. */
        String readHead() throws IOException {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            while (!read.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                read.write(in.readUnsignedByte());
            }
            head = read.toString(ISO_8859_1);
            requests.add(head);
            return head;
        }

        /** The value of a field of the request; empty when there is none. */
        String field(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        /** The right answer to the key of the request. */
        String accept() {
            return AcceptKey.of(field("Sec-WebSocket-Key"));
        }

        /** Sends a head, its lines parted by {@code |}; {@code {accept}} stands for the right value. */
        Peer sendHead(String lines) throws IOException {
            return send((lines.replace("{accept}", accept()).replace("|", "\r\n") + "\r\n\r\n").getBytes(ISO_8859_1));
        }

        /** Reads the request and answers it well. */
        Peer shakeHands() throws IOException {
            readHead();
            return sendHead("HTTP/1.1 101 Switching Protocols|Upgrade: websocket|Connection: Upgrade"
                    + "|Sec-WebSocket-Accept: {accept}");
        }

        Peer send(byte[] bytes) throws IOException {
            out.write(bytes);
            return this;
        }

        Peer sendHex(String hex) throws IOException {
            return send(HexFormat.of().parseHex(hex.replace(" ", "")));
        }

        /** Sends bytes that the other side may not wait for. */
        Peer trySend(byte[] bytes) {
            try {
                out.write(bytes);
            } catch (IOException expected) {
                // It has hung up.
            }
            return this;
        }

        Peer sendText(String text) throws IOException {
            byte[] bytes = text.getBytes(UTF_8);
            return send(new byte[] {(byte) 0x81, (byte) bytes.length}).send(bytes);
        }

        int read() throws IOException {
            return in.read();
        }

        byte[] readBytes(int count) throws IOException {
            return in.readNBytes(count);
        }

        Frame readFrame() throws IOException {
            int header = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            long length = second & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            boolean masked = (second & 0x80) != 0;
            byte[] mask = masked ? in.readNBytes(4) : new byte[4];
            byte[] payload = in.readNBytes((int) length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % 4];
            }
            return new Frame(header, masked, payload);
        }

        /** Reads frames until one is a close frame. */
        Frame readClose() throws IOException {
            Frame frame = readFrame();
            while ((frame.header() & 0xf) != 8) {
                frame = readFrame();
            }
            return frame;
        }

        /** Sends a close frame without a code, waits for the answer and ends the connection, as a good server does. */
        void close() throws IOException {
            sendHex("8800");
            finish();
        }

        /** Waits for a close frame and ends the connection. */
        void finish() throws IOException {
            readClose();
            hangUp();
        }

        /** Reads until the other side ends its output. */
        void readToEnd() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
        }

        /** Ends the connection in order. */
        void hangUp() throws IOException {
            socket.close();
        }

        /** Ends the connection with a reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Passes everything on to a port of this machine and back, as a proxy does, until either side ends. */
        void pumpTo(int port) throws IOException {
            try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
                sockets.add(target);
                run("scripted-pump", () -> pump(target));
                in.transferTo(target.getOutputStream());
            }
        }

        private void pump(Socket from) {
            try {
                from.getInputStream().transferTo(out);
                socket.shutdownOutput();
            } catch (IOException expected) {
                // One of the sides is gone.
            }
        }
    }
}

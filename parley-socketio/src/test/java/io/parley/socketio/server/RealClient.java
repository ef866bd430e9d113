package io.parley.socketio.server;

import io.parley.testkit.RawPeer;
import io.parley.testkit.RawWebSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** A client that speaks Socket.IO by hand, over a WebSocket of the network. */
final class RealClient implements AutoCloseable {

    private static final String TARGET = "/socket.io/?EIO=4&transport=websocket";

    private final RawWebSocket webSocket;

    private RealClient(RawWebSocket webSocket) {
        this.webSocket = webSocket;
    }

    /** A client in the main namespace. */
    static RealClient connected(int port) {
        return connected(RawWebSocket.open(port, TARGET));
    }

    /** A client in the main namespace whose system takes only a few bytes before it reads them. */
    static RealClient withSmallBuffer(int port) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return connected(RawWebSocket.open(RawPeer.over(socket), port, TARGET));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RealClient connected(RawWebSocket webSocket) {
        RealClient client = new RealClient(webSocket);
        client.require(webSocket.readText(), "0{\"sid\":");
        client.send("0");
        client.require(client.read(), "0{\"sid\":");
        return client;
    }

    void send(String packet) {
        webSocket.sendText("4" + packet);
    }

    /** Waits for the next Socket.IO packet. */
    String read() {
        String text = webSocket.readText();
        while (text.equals("2")) { // a heartbeat
            webSocket.sendText("3");
            text = webSocket.readText();
        }
        return text.substring(1);
    }

    /** Hands every packet over on a thread of its own, until {@code isLast} says so. */
    CompletableFuture<Void> readUntil(Predicate<String> isLast) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                while (!isLast.test(read())) {
                    // the next one
                }
                done.complete(null);
            } catch (Throwable thrown) {
                done.completeExceptionally(thrown);
            }
        });
        reader.setDaemon(true);
        reader.start();
        return done;
    }

    @Override
    public void close() {
        webSocket.close();
    }

    private void require(String text, String prefix) {
        if (!text.startsWith(prefix)) {
            throw new AssertionError(text + " (expected: " + prefix + "…)");
        }
    }
}

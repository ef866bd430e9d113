package io.parley.websocket;

import io.parley.testkit.Deadline;
import io.parley.websocket.client.WebSocket;
import io.parley.websocket.connection.IncomingStreams;
import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
import io.parley.websocket.server.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The program of {@link LargeFileIT}, run in a process of its own with a small heap: sends a file from a client to a
 * server which reads it while it arrives, but not before the client has told how much waits.
 */
public final class LargeFile {

    private LargeFile() {}

    /** Takes the file's path; prints what it saw. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        long length = Files.size(file);
        CompletableFuture<Void> mayRead = new CompletableFuture<>();
        CompletableFuture<Long> received = new CompletableFuture<>();
        try (HttpServer server = server(mayRead, received)) {
            WebSocket client =
                    WebSocket.builder("ws://127.0.0.1:" + server.port() + "/").connect();
            Deadline.get(client.opened());
            CompletableFuture<Void> sent = client.send(file);
            long waiting = awaitStandstill(client);
            System.out.println("stuck with most of it waiting: " + (waiting > length * 9 / 10 && waiting < length));
            System.out.println(
                    "queued in memory is below 1 MiB: " + (client.figures().bytesQueued() < 1024 * 1024));

            mayRead.complete(null);
            System.out.println("received: " + received.join());
            sent.join();
            Deadline.await("nothing waits", () -> client.bufferedAmount() == 0);
            System.out.println("waiting at the end: " + client.bufferedAmount());
            client.close();
        }
    }

    private static HttpServer server(CompletableFuture<Void> mayRead, CompletableFuture<Long> received) {
        return HttpServer.builder()
                .build()
                .mount(
                        "/",
                        exchange -> exchange.upgrade(
                                new WebSocketUpgrade(
                                        List.of(),
                                        HttpHeaders.empty(),
                                        ConnectionOptions.builder()
                                                .streaming(true)
                                                .build()),
                                new Receiver(mayRead, received)))
                .start();
    }

    /** Waits until nothing more leaves; returns what waits. */
    private static long awaitStandstill(WebSocket client) {
        long[] last = {-1, 0};
        Deadline.await("standstill", () -> {
            long now = client.bufferedAmount();
            last[1] = now == last[0] ? last[1] + 1 : 0;
            last[0] = now;
            return last[1] > 20;
        });
        return last[0];
    }

    private static final class Receiver implements WebSocketListener {

        private final CompletableFuture<Void> mayRead;
        private final CompletableFuture<Long> received;
        private final Mailbox mailbox = new Mailbox(HandlerThreads.shared());

        @SuppressWarnings("NullAway.Init") // made by onOpen, which comes first
        private IncomingStreams streams;

        Receiver(CompletableFuture<Void> mayRead, CompletableFuture<Long> received) {
            this.mayRead = mayRead;
            this.received = received;
        }

        @Override
        public void onOpen(WebSocketConnection connection) {
            streams = new IncomingStreams(connection, 1024 * 1024, mailbox, this::read);
        }

        private void read(MessageStream message) {
            Deadline.get(mayRead);
            try (InputStream bytes = message.bytes()) {
                byte[] buffer = new byte[64 * 1024];
                long total = 0;
                for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                    total += count;
                }
                received.complete(total);
            } catch (IOException broken) {
                received.completeExceptionally(new UncheckedIOException(broken));
            }
        }

        @Override
        public void onPart(WebSocketConnection connection, boolean text, ByteBuffer bytes, boolean last) {
            streams.onPart(text, bytes, last);
        }

        @Override
        public void onClose(WebSocketConnection connection, int code, String reason) {
            streams.onClose(code, reason);
            received.completeExceptionally(new IOException("Closed with " + code + " " + reason));
        }
    }
}

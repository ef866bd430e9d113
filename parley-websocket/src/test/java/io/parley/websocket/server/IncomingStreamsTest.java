package io.parley.websocket.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.Deadline;
import io.parley.testkit.RawWebSocket;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.HandlerThreads;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.Mailbox;
import io.parley.websocket.MessageStream;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.connection.IncomingStreams;
import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that are read while they arrive. */
class IncomingStreamsTest {

    private static final int MAX_UNREAD_BYTES = 100_000;

    /** Reads as a test tells it. */
    private interface Reading {
        void read(MessageStream message) throws IOException;
    }

    private final BlockingQueue<String> results = new LinkedBlockingQueue<>();
    private volatile Reading reading = message -> results.add(all(message));
    private final RecordingListener server = new StreamingListener();
    private final BareHost host = new BareHost(
            new WebSocketUpgrade(
                    List.of(),
                    HttpHeaders.empty(),
                    ConnectionOptions.builder()
                            .streaming(true)
                            .maxMessageBytes(10)
                            .build()),
            () -> server);

    private final class StreamingListener extends RecordingListener {

        private final Mailbox mailbox = new Mailbox(HandlerThreads.shared());

        @SuppressWarnings("NullAway.Init") // made by onOpen, which comes first
        private IncomingStreams streams;

        @Override
        public void onOpen(WebSocketConnection connection) {
            streams = new IncomingStreams(connection, MAX_UNREAD_BYTES, mailbox, this::handle);
            super.onOpen(connection);
        }

        private void handle(MessageStream message) {
            try {
                reading.read(message);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        @Override
        public void onPart(WebSocketConnection connection, boolean text, ByteBuffer bytes, boolean last) {
            streams.onPart(text, bytes, last);
        }

        @Override
        public void onClose(WebSocketConnection connection, int code, String reason) {
            streams.onClose(code, reason);
            super.onClose(connection, code, reason);
        }
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private RawWebSocket connect() {
        return RawWebSocket.open(host.port(), "/");
    }

    private String result() throws InterruptedException {
        return String.valueOf(results.poll(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void givenMessagesInFragments_whenRead_thenTheyAreWholeAndInOrderAndOfAnyLength() throws Exception {
        byte[] euro = "€".getBytes(UTF_8);
        try (RawWebSocket client = connect()) {
            client.send(RawWebSocket.TEXT, "one ".getBytes(UTF_8))
                    .send(RawWebSocket.CONTINUATION, new byte[] {euro[0]})
                    .send(0x80 | RawWebSocket.PING, new byte[0])
                    .send(0x80 | RawWebSocket.CONTINUATION, new byte[] {euro[1], euro[2]})
                    .sendBinary(new byte[50_000])
                    .sendText("");

            assertThat(result()).isEqualTo("text one €");
            assertThat(result()).isEqualTo("50000 bytes");
            assertThat(result()).isEqualTo("text ");
        }
    }

    @Test
    void givenAMessageThatIsNotComplete_whenRead_thenItsPartsAreThereAlready() throws Exception {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        reading = message -> {
            results.add(new String(message.bytes().readNBytes(5), UTF_8));
            Deadline.get(seen);
            results.add(all(message));
        };
        try (RawWebSocket client = connect()) {
            client.send(RawWebSocket.TEXT, "first".getBytes(UTF_8));

            assertThat(result()).isEqualTo("first");
            seen.complete(null);
            client.send(0x80 | RawWebSocket.CONTINUATION, "last".getBytes(UTF_8));
            assertThat(result()).isEqualTo("text last");
        }
    }

    @Test
    void givenAReaderThatWaits_whenThePeerSendsOn_thenItIsNotReadFromUntilTheReaderGoesOn() throws Exception {
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        reading = message -> {
            Deadline.get(goOn);
            results.add(all(message));
        };
        int fragments = 400;
        try (RawWebSocket client = connect()) {
            CompletableFuture<Void> allSent = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < fragments; i++) {
                    client.send(i == 0 ? RawWebSocket.BINARY : RawWebSocket.CONTINUATION, new byte[100_000]);
                }
                client.send(0x80 | RawWebSocket.CONTINUATION, new byte[0]);
            });
            Deadline.await("much has come", () -> received() > MAX_UNREAD_BYTES);
            assertThat(received()).isLessThan(MAX_UNREAD_BYTES + 1_000_000L);
            assertThat(allSent).isNotDone();

            goOn.complete(null);
            assertThat(result()).isEqualTo(fragments * 100_000 + " bytes");
            Deadline.get(allSent);
        }
    }

    private long received() {
        return server.connection().figures().bytesReceived();
    }

    @Test
    void givenAHandlerThatLeavesTheRestUnread_whenItReturns_thenTheNextMessageComes() throws Exception {
        reading = message -> results.add(message.isText() ? all(message) : "skipped");
        try (RawWebSocket client = connect()) {
            client.send(RawWebSocket.BINARY, new byte[300_000]);
            assertThat(result()).isEqualTo("skipped");
            client.send(0x80 | RawWebSocket.CONTINUATION, new byte[300_000]).sendText("next");

            assertThat(result()).isEqualTo("text next");
        }
    }

    @Test
    void givenAConnectionThatEndsInsideAMessage_whenRead_thenTheReadFails() throws Exception {
        reading = message -> {
            assertThat(message.bytes().read()).isEqualTo('a');
            assertThatThrownBy(() -> message.bytes().read())
                    .isInstanceOf(IOException.class)
                    .hasMessage("The connection ended inside the message: 1006 Connection lost");
            results.add("broken");
        };
        RawWebSocket client = connect();
        client.send(RawWebSocket.TEXT, new byte[] {'a'});
        Deadline.await("it has come", () -> received() == 7);
        client.raw().reset();

        assertThat(result()).isEqualTo("broken");
    }

    @Test
    void givenTextThatIsNotUtf8_whenItArrivesInParts_thenTheConnectionIsFailed() {
        reading = message ->
                assertThatThrownBy(() -> message.bytes().readAllBytes()).isInstanceOf(IOException.class);
        try (RawWebSocket client = connect()) {
            client.send(RawWebSocket.TEXT, new byte[] {'a', (byte) 0xC3}).send(0x80, new byte[] {'a'});

            assertThat(client.read().closeCode()).isEqualTo(1007);
        }
    }

    private static String all(MessageStream message) throws IOException {
        if (!message.isText()) {
            return message.bytes().readAllBytes().length + " bytes";
        }
        StringWriter text = new StringWriter();
        message.text().transferTo(text);
        return "text " + text;
    }
}

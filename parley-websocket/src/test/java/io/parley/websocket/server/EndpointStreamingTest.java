package io.parley.websocket.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import io.parley.testkit.RawWebSocket;
import io.parley.websocket.MessageStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that are read and sent in parts, as an application does it. */
@SuppressWarnings("FutureReturnValueIgnored") // where the end of a stream is seen at the other end
class EndpointStreamingTest {

    private static final WebSocketOptions STREAMING = WebSocketOptions.builder()
            .streaming(true)
            .maxUnhandledBytes(64 * 1024)
            .build();

    @TempDir
    Path folder;

    private final HttpServer server = HttpServer.builder()
            .eventLoops(1)
            .closeTimeout(Duration.ofSeconds(15))
            .build();
    private final List<String> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        server.close();
    }

    private RawWebSocket open(WebSocketOptions options, Consumer<ServerWebSocket> onOpen) {
        server.webSocket("/stream", options, onOpen).start();
        return RawWebSocket.open(server.port(), "/stream");
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] readAll(MessageStream message) {
        try {
            return message.bytes().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void givenAStreamingEndpoint_whenAFileIsReceived_thenItIsWrittenWhileItArrives() {
        Path received = folder.resolve("received.bin");
        byte[] content = random(3_000_000);
        Consumer<ServerWebSocket> upload = socket -> socket.onMessageStream(message -> {
            try (InputStream bytes = message.bytes()) {
                socket.send("stored " + Files.copy(bytes, received));
            } catch (IOException broken) {
                socket.close(1011, "Not stored");
            }
        });
        try (RawWebSocket client = open(STREAMING, upload)) {
            for (int at = 0; at < content.length; at += 1_000_000) {
                int last = at + 1_000_000 == content.length ? 0x80 : 0;
                byte[] fragment = Arrays.copyOfRange(content, at, at + 1_000_000);
                client.send(last | (at == 0 ? RawWebSocket.BINARY : RawWebSocket.CONTINUATION), fragment);
            }

            assertThat(client.readText()).isEqualTo("stored 3000000");
            assertThat(received).hasBinaryContent(content);
        }
    }

    @Test
    void givenAStreamingEndpoint_whenMessagesCome_thenTheirHandlersRunInOrder() {
        Consumer<ServerWebSocket> echo = socket -> {
            socket.onMessageStream(message -> {
                String kind = message.isText() ? "text " : "binary ";
                socket.send(kind + new String(readAll(message), UTF_8));
            });
            socket.onPong(payload -> socket.send("pong " + UTF_8.decode(payload)));
        };
        try (RawWebSocket client = open(STREAMING, echo)) {
            client.sendText("one").sendBinary("two".getBytes(UTF_8)).sendText("");
            client.send(0x80 | RawWebSocket.PONG, "three".getBytes(UTF_8));

            assertThat(client.readText()).isEqualTo("text one");
            assertThat(client.readText()).isEqualTo("binary two");
            assertThat(client.readText()).isEqualTo("text ");
            assertThat(client.readText()).isEqualTo("pong three");
        }
    }

    @Test
    void givenAHandlerThatReadsNothing_whenTheNextMessageComes_thenTheRestIsSkipped() {
        Consumer<ServerWebSocket> picky = socket -> socket.onMessageStream(message -> {
            if (message.isText()) {
                socket.send(new String(readAll(message), UTF_8));
            }
        });
        try (RawWebSocket client = open(STREAMING, picky)) {
            client.sendBinary(random(1_000_000)).sendText("after");

            assertThat(client.readText()).isEqualTo("after");
        }
    }

    @Test
    void givenASlowHandler_whenMuchIsSent_thenTheClientHasToWait() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Consumer<ServerWebSocket> slow = socket -> socket.onMessageStream(message -> {
            awaitUninterrupted(go);
            socket.send("read " + readAll(message).length);
        });
        try (RawWebSocket client = open(STREAMING, slow)) {
            int length = 32 * 1024 * 1024; // more than the kernel keeps for us
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> client.sendBinary(new byte[length]));
            Deadline.await("begun", () -> server.figures().webSocketsOpen() == 1);
            assertThat(waits(sent)).isTrue();

            go.countDown();

            assertThat(client.readText()).isEqualTo("read " + length);
            Deadline.get(sent);
        }
    }

    private static boolean waits(CompletableFuture<Void> sent) throws Exception {
        try {
            sent.get(300, TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException expected) {
            return true;
        }
    }

    @Test
    void givenAClientThatLeavesInsideOfAMessage_whenItIsRead_thenReadingFailsAndTheCloseIsLast() {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Consumer<ServerWebSocket> reader = socket -> {
            socket.onMessageStream(message -> {
                try {
                    events.add("read " + message.bytes().readAllBytes().length);
                } catch (IOException broken) {
                    events.add(broken.getMessage());
                }
            });
            socket.onClose((code, reason) -> {
                events.add("close " + code);
                ended.complete(null);
            });
            socket.send("ready");
        };
        try (RawWebSocket client = open(STREAMING, reader)) {
            assertThat(client.readText()).isEqualTo("ready");
            client.send(RawWebSocket.BINARY, new byte[100]);
        }

        Deadline.get(ended);
        assertThat(events)
                .containsExactly("The connection ended inside the message: 1006 Connection lost", "close 1006");
    }

    @Test
    void givenAFile_whenSent_thenItArrivesInFragmentsAndTheFutureTells() throws IOException {
        byte[] content = random(1_000_000);
        Path file = Files.write(folder.resolve("file.bin"), content);
        CompletableFuture<Void> sent = new CompletableFuture<>();
        Consumer<ServerWebSocket> download = socket -> {
            socket.send(file).thenRun(() -> sent.complete(null));
            socket.send(new ByteArrayInputStream("tail".getBytes(UTF_8)));
        };
        try (RawWebSocket client = open(WebSocketOptions.defaults(), download)) {
            assertThat(readMessage(client)).isEqualTo(content);
            assertThat(readMessage(client)).isEqualTo("tail".getBytes(UTF_8));
        }
        Deadline.get(sent);
    }

    @Test
    void givenAFileThatIsMissing_whenSent_thenTheFutureFailsAndTheSocketGoesOn() {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        Consumer<ServerWebSocket> download = socket -> {
            socket.send(folder.resolve("none")).whenComplete((done, failure) -> sent.completeExceptionally(failure));
            socket.send("still here");
        };
        try (RawWebSocket client = open(WebSocketOptions.defaults(), download)) {
            assertThat(client.readText()).isEqualTo("still here");
        }
        assertThat(Deadline.failureOf(sent)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void givenAStreamUnderWay_whenTheServerCloses_thenTheClientSees1001InTheEnd() {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        Consumer<ServerWebSocket> download = socket -> {
            socket.send(new ByteArrayInputStream(new byte[50_000_000]))
                    .whenComplete((done, failure) -> sent.complete(null));
            begun.countDown();
        };
        try (RawWebSocket client = open(WebSocketOptions.defaults(), download)) {
            awaitUninterrupted(begun);
            RawWebSocket.Frame first = client.read();
            assertThat(first.opcode()).isEqualTo(RawWebSocket.BINARY);

            CompletableFuture<Void> closing =
                    CompletableFuture.runAsync(server::close, task -> new Thread(task).start());

            RawWebSocket.Frame frame = client.read();
            while (frame.opcode() != RawWebSocket.CLOSE) {
                frame = client.read();
            }
            assertThat(frame.closeCode()).isEqualTo(1001);
            client.sendClose(1001, "");
            Deadline.get(closing);
        }
        Deadline.get(sent); // in whichever way
    }

    private static byte[] readMessage(RawWebSocket client) {
        ByteBuffer message = ByteBuffer.allocate(2_000_000);
        RawWebSocket.Frame frame = client.read();
        message.put(frame.payload());
        while (!frame.isFinal()) {
            frame = client.read();
            message.put(frame.payload());
        }
        byte[] bytes = new byte[message.flip().remaining()];
        message.get(bytes);
        return bytes;
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

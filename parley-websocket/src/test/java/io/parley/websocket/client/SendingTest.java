package io.parley.websocket.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.Deadline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages of every kind on their way out, and what {@code bufferedAmount} says of them. */
class SendingTest {

    @TempDir
    Path folder;

    private final CountDownLatch goOn = new CountDownLatch(1);

    /** A server that does not read before it is told to. */
    private ScriptedServer deaf() {
        return ScriptedServer.start(peer -> {
            peer.shakeHands();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            peer.finish();
        });
    }

    private static WebSocket open(ScriptedServer server) {
        WebSocket socket = WebSocket.builder(server.url()).deflate(null).connect();
        Deadline.get(socket.opened());
        return socket;
    }

    @Test
    void givenMessagesOfEveryKind_whenSent_thenTheyArriveMaskedAndInOrder() throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[] {5});
        CompletableFuture<List<ScriptedServer.Frame>> arrived = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.shakeHands();
            List<ScriptedServer.Frame> frames = new ArrayList<>();
            while (frames.isEmpty() || frames.get(frames.size() - 1).header() != 0x88) {
                frames.add(peer.readFrame());
            }
            arrived.complete(frames);
            peer.sendHex("8800").hangUp();
        })) {
            WebSocket socket = open(server);

            socket.send("aé€😀\uD800b");
            socket.send(new byte[] {1, 2});
            ByteBuffer bytes = ByteBuffer.wrap(new byte[] {0, 3, 4, 0}, 1, 2);
            socket.send(bytes);
            CompletableFuture<Void> fileSent = socket.send(file);
            CompletableFuture<Void> streamSent = socket.send(new ByteArrayInputStream(new byte[] {6}));
            socket.send("last");
            socket.close();

            List<ScriptedServer.Frame> frames = Deadline.get(arrived);
            assertThat(frames).allMatch(ScriptedServer.Frame::masked);
            assertThat(frames.get(0).text()).isEqualTo("aé€😀\uFFFDb");
            assertThat(messages(frames))
                    .containsExactly(
                            "1:61c3a9e282acf09f9880efbfbd62", "2:0102", "2:0304", "2:05", "2:06", "1:6c617374", "8:");
            assertThat(bytes.position()).isEqualTo(1);
            Deadline.get(fileSent);
            Deadline.get(streamSent);
            Deadline.get(socket.closed());
            assertThat(socket.bufferedAmount()).isZero();
        }
    }

    /** Fragments joined: opcode and bytes. */
    private static List<String> messages(List<ScriptedServer.Frame> frames) {
        List<String> messages = new ArrayList<>();
        for (ScriptedServer.Frame frame : frames) {
            String bytes = HexFormat.of().formatHex(frame.payload());
            if ((frame.header() & 0xf) == 0) {
                messages.set(messages.size() - 1, messages.get(messages.size() - 1) + bytes);
            } else {
                messages.add((frame.header() & 0xf) + ":" + bytes);
            }
        }
        return messages;
    }

    @Test
    void givenASocketThatConnects_whenSent_thenItFails() {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.Peer::readToEnd)) {
            WebSocket socket = WebSocket.builder(server.url()).connect();

            for (Runnable send : List.<Runnable>of(
                    () -> socket.send("x"),
                    () -> socket.send(new byte[1]),
                    () -> assertThat(socket.send(folder.resolve("missing"))).isNull(),
                    () -> assertThat(socket.send(InputStream.nullInputStream())).isNull())) {
                assertThatThrownBy(send::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("send() while CONNECTING (expected: after the open event)");
            }
            assertThat(socket.bufferedAmount()).isZero();
            socket.close();
            Deadline.get(socket.closed());
        }
    }

    @Test
    void givenAServerThatDoesNotRead_whenSent_thenBufferedAmountCountsBytesOfMessagesOnly() {
        byte[] big = new byte[8 * 1024 * 1024];
        try (ScriptedServer server = deaf()) {
            WebSocket socket = open(server);
            socket.send(big);
            Deadline.await("the buffers of the system are full", () -> isStill(socket));
            long before = socket.bufferedAmount();

            socket.send("é€");
            socket.send("");
            socket.send(new byte[1000]);

            assertThat(before).isBetween(1L, (long) big.length);
            assertThat(socket.bufferedAmount()).isEqualTo(before + 5 + 1000);
            goOn.countDown();
            Deadline.await("all handed over", () -> socket.bufferedAmount() == 0);
            socket.close();
            Deadline.get(socket.closed());
        }
    }

    /** Whether the amount does not change any more: the loop has been through all that it had. */
    private static boolean isStill(WebSocket socket) {
        long before = socket.bufferedAmount();
        for (int i = 0; i < 20; i++) {
            LockSupport.parkNanos(2_000_000);
            if (socket.bufferedAmount() != before) {
                return false;
            }
        }
        return before < 8 * 1024 * 1024;
    }

    @Test
    void givenAClosedSocket_whenSent_thenBufferedAmountGrowsForEver() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.start(peer -> peer.shakeHands().finish())) {
            WebSocket socket = open(server);
            socket.close();

            socket.send("é");
            assertThat(socket.bufferedAmount()).isEqualTo(2);
            Deadline.get(socket.closed());
            socket.send(new byte[10]);

            assertThat(socket.bufferedAmount()).isEqualTo(12);
            Throwable refused = Deadline.failureOf(socket.send(Files.write(folder.resolve("file"), new byte[100])));
            assertThat(refused)
                    .isInstanceOf(IOException.class)
                    .hasMessage("send() of a socket that is closing or closed");
            assertThat(socket.bufferedAmount()).isEqualTo(112);
        }
    }

    @Test
    void givenALostConnection_whenMessagesWait_thenBufferedAmountDoesNotFall() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.shakeHands();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            peer.reset();
        })) {
            WebSocket socket = open(server);
            socket.send(new byte[8 * 1024 * 1024]);
            Deadline.await("the buffers of the system are full", () -> isStill(socket));
            long before = socket.bufferedAmount();
            goOn.countDown();

            Deadline.get(socket.closed());

            assertThat(socket.bufferedAmount()).isEqualTo(before);
        }
    }

    @Test
    void givenMoreThanMayWait_whenSent_thenTheConnectionIsCutAndTheMessageCounts() {
        Recorder recorder = new Recorder();
        try (ScriptedServer server = deaf()) {
            WebSocket socket = recorder.listen(WebSocket.builder(server.url()).maxBufferedBytes(100_000))
                    .connect();
            Deadline.get(socket.opened());

            socket.send(new byte[200_000]);

            Deadline.get(socket.closed());
            assertThat(recorder.events()).containsExactly("open", "error", "close 1006 '' unclean");
            assertThat(recorder.cause())
                    .hasMessage("More than 100000 bytes wait to be sent (the peer reads too slowly)");
            assertThat(socket.bufferedAmount()).isEqualTo(200_000);
            goOn.countDown();
        }
    }

    @Test
    void givenAFile_whenSentToAServerThatDoesNotRead_thenBufferedAmountShowsItsProgress() throws Exception {
        long length = 20_000_000;
        Path file = folder.resolve("file");
        Files.write(file, new byte[(int) length]);
        try (ScriptedServer server = deaf()) {
            WebSocket socket = open(server);
            CompletableFuture<Void> sent = socket.send(file);
            Deadline.await("some is sent", () -> socket.bufferedAmount() < length);

            assertThat(socket.bufferedAmount()).isPositive();
            assertThat(sent).isNotDone();
            goOn.countDown();
            Deadline.get(sent);
            Deadline.await("all is counted", () -> socket.bufferedAmount() == 0);
            socket.close();
            Deadline.get(socket.closed());
        }
    }

    @Test
    void givenAStreamOfUnknownLength_whenSent_thenBufferedAmountEndsAtZero() {
        try (ScriptedServer server = deaf()) {
            goOn.countDown();
            WebSocket socket = open(server);

            Deadline.get(socket.send(new ByteArrayInputStream(new byte[300_000])));

            Deadline.await("all is counted", () -> socket.bufferedAmount() == 0);
            socket.close();
            Deadline.get(socket.closed());
        }
    }

    @Test
    void givenAFileThatIsNotThere_whenSent_thenItsFutureFailsAndTheSocketGoesOn() {
        try (ScriptedServer server =
                ScriptedServer.start(peer -> peer.shakeHands().finish())) {
            WebSocket socket = open(server);

            Throwable failure = Deadline.failureOf(socket.send(folder.resolve("missing")));

            assertThat(failure).isInstanceOf(NoSuchFileException.class);
            assertThat(socket.bufferedAmount()).isZero();
            assertThat(socket.readyState()).isEqualTo(WebSocket.OPEN);
            socket.close();
            Deadline.get(socket.closed());
        }
    }

    @Test
    void givenAPing_whenSent_thenThePongIsTold() {
        CompletableFuture<String> pong = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.shakeHands();
            ScriptedServer.Frame ping = peer.readFrame();
            peer.send(new byte[] {(byte) 0x8a, (byte) ping.payload().length}).send(ping.payload());
            peer.finish();
        })) {
            WebSocket socket = WebSocket.builder(server.url())
                    .onOpen(open -> open.socket().ping(ByteBuffer.wrap("here?".getBytes(UTF_8))))
                    .onPong(payload -> pong.complete(UTF_8.decode(payload).toString()))
                    .connect();

            assertThat(Deadline.get(pong)).isEqualTo("here?");
            socket.close();
            Deadline.get(socket.closed());
        }
    }
}

package io.parley.websocket.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.Deadline;
import io.parley.testkit.RawPeer;
import io.parley.testkit.RawWebSocket;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.HandlerThreads;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.PreparedMessage;
import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSocket endpoints as an application uses them. */
class ServerWebSocketTest {

    private static final WebSocketUpgrade UPGRADE =
            new WebSocketUpgrade(List.of(), HttpHeaders.empty(), ConnectionOptions.defaults());

    private final HttpServer server = HttpServer.builder().eventLoops(1).build();
    private final List<String> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        server.close();
    }

    private RawWebSocket connect(String target) {
        return RawWebSocket.open(server.port(), target);
    }

    @Test
    void givenAnEchoEndpoint_whenMessagesCome_thenTheyComeBack() {
        server.webSocket("/echo", socket -> {
                    socket.onText(socket::send);
                    socket.onBinary(socket::send);
                })
                .start();
        try (RawWebSocket client = connect("/echo?name=value")) {
            client.sendText("hello").sendBinary(new byte[] {7});

            assertThat(client.readText()).isEqualTo("hello");
            assertThat(client.read()).isEqualTo(new RawWebSocket.Frame(0x82, new byte[] {7}));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenLargeMessagesAmongSmallOnes_whenTheyComeBack_thenTheyAreWhatTheyWereAndInOrder(boolean onLoop) {
        Executor handlers = onLoop ? Runnable::run : HandlerThreads.shared();
        int most = 9 * 1024 * 1024; // more than there is shared memory for
        WebSocketOptions options = WebSocketOptions.builder()
                .maxMessageBytes(most)
                .maxBufferedBytes(4 * most)
                .build();
        try (HttpServer large = HttpServer.builder().handlerExecutor(handlers).build()) {
            large.webSocket("/echo", options, socket -> {
                        socket.onText(socket::send);
                        socket.onBinary(socket::send);
                    })
                    .start();
            try (RawWebSocket client = RawWebSocket.open(large.port(), "/echo")) {
                for (int length : new int[] {32_767, 32_768, 65_526, 65_527, 65_536, 1_048_576, most}) {
                    byte[] message = new byte[length];
                    for (int i = 0; i < length; i++) {
                        message[i] = (byte) (i * 31 + length);
                    }

                    client.sendText("before").sendBinary(message).sendText("after");

                    assertThat(client.readText()).isEqualTo("before");
                    assertThat(client.read().equals(new RawWebSocket.Frame(0x82, message)))
                            .as("%d bytes", length)
                            .isTrue();
                    assertThat(client.readText()).isEqualTo("after");
                }
            }
        }
    }

    @Test
    void givenSocketsOfWhichOneHasGone_whenAMessageIsSentToAll_thenTheOthersGetItInOrder() {
        Set<ServerWebSocket> everybody = ConcurrentHashMap.newKeySet();
        server.webSocket("/all", socket -> {
                    everybody.add(socket);
                    socket.onText(text -> {
                        socket.send("before");
                        ServerWebSocket.sendAll(everybody, PreparedMessage.text(text));
                        socket.send("after");
                    });
                })
                .start();
        RawWebSocket gone = connect("/all");
        try (RawWebSocket sender = connect("/all");
                RawWebSocket other = connect("/all")) {
            Deadline.await("three sockets", () -> everybody.size() == 3);
            gone.close();
            Deadline.await("one that has gone", () -> everybody.stream().anyMatch(socket -> !socket.isOpen()));

            sender.sendText("hello");

            assertThat(sender.readText()).isEqualTo("before");
            assertThat(sender.readText()).isEqualTo("hello");
            assertThat(sender.readText()).isEqualTo("after");
            assertThat(other.readText()).isEqualTo("hello");
        }
    }

    @Test
    void givenALargeMessage_whenSentToAll_thenEachGetsItWhole() {
        byte[] large = new byte[100_000];
        Arrays.fill(large, (byte) 7);
        Set<ServerWebSocket> everybody = ConcurrentHashMap.newKeySet();
        server.webSocket("/all", socket -> {
                    everybody.add(socket);
                    socket.onText(text -> {
                        socket.send(text);
                        ServerWebSocket.sendAll(everybody, PreparedMessage.binary(ByteBuffer.wrap(large)));
                        socket.send(text);
                    });
                })
                .start();
        try (RawWebSocket sender = connect("/all");
                RawWebSocket other = connect("/all")) {
            Deadline.await("two sockets", () -> everybody.size() == 2);

            sender.sendText("hello");

            assertThat(sender.readText()).isEqualTo("hello");
            assertThat(sender.read()).isEqualTo(new RawWebSocket.Frame(0x82, large));
            assertThat(sender.readText()).isEqualTo("hello");
            assertThat(other.read()).isEqualTo(new RawWebSocket.Frame(0x82, large));
        }
    }

    @Test
    void givenUpgradesMounted_whenAPathIsNoOnesOwn_thenOnlyWebSocketsGoThere() {
        server.mountUpgrades("/", exchange -> exchange.upgrade(UPGRADE, new RecordingListener()))
                .mountUpgrades("/deeper/", exchange -> exchange.respond(HttpResponse.text(403, "not here")))
                .webSocket("/own", socket -> socket.send("own"))
                .start();
        try (RawWebSocket any = connect("/any/path?x");
                RawWebSocket own = connect("/own");
                RawPeer page = RawPeer.connect(server.port());
                RawPeer deeper = RawPeer.connect(server.port())) {
            any.sendText("hello");
            page.send("GET /any/path HTTP/1.1\r\nHost: a\r\n\r\n");
            deeper.send(RawWebSocket.request(server.port(), "/deeper/path"));

            assertThat(any.readText()).isEqualTo("hello");
            assertThat(own.readText()).isEqualTo("own");
            assertThat(page.readUntil("\r\n")).isEqualTo("HTTP/1.1 404 Not Found\r\n");
            assertThat(deeper.readUntil("\r\n")).isEqualTo("HTTP/1.1 403 Forbidden\r\n");
        }
    }

    @Test
    void givenUpgradesMounted_whenMountedAgain_thenFails() {
        server.mountUpgrades("/", exchange -> {});

        assertThatThrownBy(() -> server.mountUpgrades("/", exchange -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("/ is mounted already (expected: one handler a prefix)");
    }

    @Test
    void givenASocket_whenAsked_thenItKnowsItsRequest() {
        server.webSocket(
                        "/who",
                        socket -> socket.send(
                                socket.request().queryParameter("name").orElseThrow() + " " + socket.isOpen()))
                .start();
        try (RawWebSocket client = connect("/who?name=J%C3%BCrgen")) {
            assertThat(client.readText()).isEqualTo("Jürgen true");
        }
    }

    @Test
    void givenEveryKindOfMessage_whenSent_thenItArrives() {
        PreparedMessage shared = PreparedMessage.text("shared");
        server.webSocket("/all", socket -> {
                    socket.send("text");
                    socket.send(new byte[] {1});
                    socket.send(ByteBuffer.wrap(new byte[] {0, 2}, 1, 1));
                    socket.send(shared);
                    socket.ping(ByteBuffer.wrap("p".getBytes(UTF_8)));
                    socket.close(4001, "that is all");
                })
                .start();
        try (RawWebSocket client = connect("/all")) {
            assertThat(client.readText()).isEqualTo("text");
            assertThat(client.read().payload()).containsExactly(1);
            assertThat(client.read().payload()).containsExactly(2);
            assertThat(client.readText()).isEqualTo("shared");
            assertThat(client.read().opcode()).isEqualTo(RawWebSocket.PING);
            RawWebSocket.Frame close = client.read();
            assertThat(close.closeCode()).isEqualTo(4001);
            assertThat(close.closeReason()).isEqualTo("that is all");
        }
    }

    @Test
    void givenEventsOfOneSocket_whenTheyAreHandled_thenOneAtATimeInOrderAndTheCloseIsLast() {
        AtomicInteger inside = new AtomicInteger();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        server.webSocket("/order", socket -> {
                    socket.onText(text -> {
                        assertThat(inside.incrementAndGet()).isEqualTo(1);
                        events.add(text);
                        inside.decrementAndGet();
                    });
                    socket.onPong(payload -> events.add("pong"));
                    socket.onClose((code, reason) -> {
                        events.add("close " + code + " " + reason);
                        ended.complete(null);
                    });
                })
                .start();
        try (RawWebSocket client = connect("/order")) {
            for (int i = 0; i < 200; i++) {
                client.sendText(String.valueOf(i));
            }
            client.send(0x80 | RawWebSocket.PONG, new byte[0]).sendClose(1000, "done");
            Deadline.get(ended);
        }
        assertThat(events.subList(0, 200))
                .isEqualTo(IntStream.range(0, 200).mapToObj(String::valueOf).toList());
        assertThat(events.subList(200, events.size())).containsExactly("pong", "close 1000 done");
    }

    @Test
    void givenAHandlerThatBlocks_whenAnotherSocketIsUsed_thenItDoesNotWait() {
        CountDownLatch blocked = new CountDownLatch(1);
        server.webSocket(
                        "/echo",
                        socket -> socket.onText(text -> {
                            if (text.equals("block")) {
                                awaitUninterrupted(blocked);
                            }
                            socket.send(text);
                        }))
                .start();
        try (RawWebSocket one = connect("/echo");
                RawWebSocket other = connect("/echo")) {
            one.sendText("block");
            other.sendText("quick");
            assertThat(other.readText()).isEqualTo("quick");

            blocked.countDown();
            assertThat(one.readText()).isEqualTo("block");
        }
    }

    @Test
    void givenAHandlerThatThrows_whenTheNextMessageComes_thenTheSocketGoesOn() {
        server.webSocket(
                        "/echo",
                        socket -> socket.onText(text -> {
                            if (text.equals("bad")) {
                                throw new IllegalStateException("as the test wants it");
                            }
                            socket.send(text);
                        }))
                .start();
        try (RawWebSocket client = connect("/echo")) {
            client.sendText("bad").sendText("good");

            assertThat(client.readText()).isEqualTo("good");
        }
    }

    @Test
    void givenHandlersThatFallBehind_whenTheBoundIsReached_thenTheClientIsNotReadUntilTheyCatchUp() {
        CountDownLatch blocked = new CountDownLatch(1);
        AtomicInteger handled = new AtomicInteger();
        WebSocketOptions options =
                WebSocketOptions.builder().maxUnhandledBytes(64 * 1024).build();
        server.webSocket(
                        "/slow",
                        options,
                        socket -> socket.onBinary(bytes -> {
                            awaitUninterrupted(blocked);
                            handled.incrementAndGet();
                        }))
                .start();
        int messages = 2_000;
        try (RawWebSocket client = connect("/slow")) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < messages; i++) {
                    client.sendBinary(new byte[16 * 1024]); // 32 MiB: more than the kernel keeps for us
                }
            });
            assertThatThrownBy(() -> sent.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

            blocked.countDown();
            Deadline.get(sent);
            Deadline.await("all handled", () -> handled.get() == messages);
        }
    }

    @Test
    void givenAMessageBeyondTheLimit_whenItComes_thenTheSocketIsClosedWith1009() {
        server.webSocket(
                        "/small", WebSocketOptions.builder().maxMessageBytes(10).build(), socket -> {})
                .start();
        try (RawWebSocket client = connect("/small")) {
            client.sendText("elf Zeichen");

            RawWebSocket.Frame close = client.read();
            assertThat(close.closeCode()).isEqualTo(1009);
            assertThat(close.closeReason()).isEqualTo("Message too big (expected: at most 10 bytes)");
        }
    }

    @Test
    void givenOpenSockets_whenTheServerCloses_thenTheyAreClosedWith1001() {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        server.webSocket("/stay", socket -> {
                    socket.onClose((code, reason) -> closed.complete(code));
                    socket.send("ready");
                })
                .start();
        try (RawWebSocket client = connect("/stay")) {
            assertThat(client.readText()).isEqualTo("ready");
            CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);

            RawWebSocket.Frame close = client.read();
            assertThat(close.closeCode()).isEqualTo(1001);
            assertThat(close.closeReason()).isEqualTo("The server closes");
            client.sendClose(1001, "");
            client.raw().expectClosed();
            Deadline.get(closing);
        }
        assertThat(Deadline.get(closed)).isEqualTo(1001);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

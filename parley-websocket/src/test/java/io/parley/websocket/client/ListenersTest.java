package io.parley.websocket.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Who hears what, and in which order (as the DOM has it). */
class ListenersTest {

    private final List<String> heard = new CopyOnWriteArrayList<>();

    private ScriptedServer sending(String... texts) {
        return ScriptedServer.start(peer -> {
            peer.shakeHands();
            for (String text : texts) {
                peer.sendText(text);
            }
            peer.close();
        });
    }

    @Test
    void givenSeveralListeners_whenEventsCome_thenTheyHearInTheOrderOfTheirAdding() {
        try (ScriptedServer server = sending("1")) {
            Consumer<MessageEvent> twice = message -> heard.add("b");
            WebSocket socket = WebSocket.builder(server.url())
                    .addListener(EventType.MESSAGE, message -> heard.add("a"))
                    .onMessage(message -> heard.add("replaced"))
                    .addListener(EventType.MESSAGE, twice)
                    .addListener(EventType.MESSAGE, twice)
                    .onMessage(message -> heard.add("on"))
                    .connect();

            Deadline.get(socket.closed());

            assertThat(heard).containsExactly("a", "on", "b");
        }
    }

    @Test
    void givenAListenerForOnce_whenEventsCome_thenItHearsTheFirst() {
        try (ScriptedServer server = sending("1", "2")) {
            WebSocket socket = WebSocket.builder(server.url())
                    .once(EventType.MESSAGE, message -> heard.add("once " + message.text()))
                    .onMessage(message -> heard.add(message.text()))
                    .connect();

            Deadline.get(socket.closed());

            assertThat(heard).containsExactly("once 1", "1", "2");
        }
    }

    @Test
    void givenListenersThatChange_whenEventsCome_thenTheChangeHoldsFromTheNextEvent() {
        Consumer<MessageEvent> removed = message -> heard.add("removed " + message.text());
        try (ScriptedServer server = sending("1", "2", "3")) {
            WebSocket socket = WebSocket.builder(server.url())
                    .addListener(EventType.MESSAGE, removed)
                    .onMessage(message -> {
                        WebSocket target = message.socket();
                        target.removeListener(EventType.MESSAGE, removed);
                        target.once(EventType.MESSAGE, later -> heard.add("added " + later.text()));
                        target.onMessage(null);
                        target.onClose(close -> heard.add("closed"));
                    })
                    .connect();

            Deadline.get(socket.closed());

            assertThat(heard).containsExactly("removed 1", "added 2", "closed");
        }
    }

    @Test
    void givenListenersThatThrow_whenEventsCome_thenNothingIsDisturbed() {
        try (ScriptedServer server = sending("1", "2")) {
            WebSocket socket = WebSocket.builder(server.url())
                    .onOpen(open -> {
                        throw new IllegalStateException("on purpose, for a test");
                    })
                    .addListener(EventType.MESSAGE, message -> {
                        throw new AssertionError("on purpose, for a test");
                    })
                    .onMessage(message -> heard.add(message.text()))
                    .onClose(close -> heard.add("closed " + close.wasClean()))
                    .connect();

            Deadline.get(socket.opened());
            Deadline.get(socket.closed());

            assertThat(heard).containsExactly("1", "2", "closed true");
        }
    }

    @Test
    void givenABuilder_whenUsedTwice_thenTheSocketsHaveListenersOfTheirOwn() {
        try (ScriptedServer server = sending("1")) {
            WebSocketBuilder builder =
                    WebSocket.builder(server.url()).once(EventType.MESSAGE, message -> heard.add(message.text()));
            WebSocket first = builder.connect();
            WebSocket second = builder.connect();

            Deadline.get(first.closed());
            Deadline.get(second.closed());

            assertThat(heard).containsExactly("1", "1");
        }
    }

    @Test
    void givenAnExecutor_whenEventsCome_thenListenersRunOnItOneAtATime() {
        try (ScriptedServer server = sending("1", "2")) {
            WebSocket socket = WebSocket.builder(server.url())
                    .executor(task -> new Thread(task, "listener of mine").start())
                    .onMessage(message -> heard.add(Thread.currentThread().getName() + " " + message.text()))
                    .connect();

            Deadline.get(socket.closed());

            assertThat(heard).containsExactly("listener of mine 1", "listener of mine 2");
        }
    }

    @Test
    void givenABinaryMessage_whenAskedForItsData_thenItIsOfTheBinaryType() {
        CompletableFuture<List<Object>> data = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.shakeHands().sendHex("82 03 010203");
            peer.close();
        })) {
            WebSocket.builder(server.url())
                    .onMessage(message -> {
                        Object array = message.data();
                        message.socket().binaryType(BinaryType.BYTE_BUFFER);
                        data.complete(List.of(array, message.data(), message.origin(), message.bytes()));
                    })
                    .connect();

            List<Object> seen = Deadline.get(data);
            assertThat(seen.get(0)).isEqualTo(new byte[] {1, 2, 3});
            assertThat(seen.get(1)).isInstanceOfSatisfying(ByteBuffer.class, bytes -> {
                assertThat(bytes.isReadOnly()).isTrue();
                assertThat(bytes).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            });
            assertThat(seen.get(2)).isEqualTo("ws://127.0.0.1:" + server.port());
        }
    }

    @Test
    void givenASlowListener_whenTheServerGoesOn_thenItIsNotReadFrom() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        byte[] message = new byte[4 + 60_000];
        message[0] = (byte) 0x82;
        message[1] = 126;
        message[2] = (byte) (60_000 >> 8);
        message[3] = (byte) 60_000;
        CompletableFuture<Void> allSent = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.shakeHands();
            for (int i = 0; i < 500; i++) {
                peer.send(message);
            }
            allSent.complete(null);
            peer.close();
        })) {
            WebSocket socket = WebSocket.builder(server.url())
                    .maxUnhandledBytes(100_000)
                    .onMessage(event -> {
                        heard.add("m");
                        awaitQuietly(release);
                    })
                    .connect();
            Deadline.await("first message", () -> !heard.isEmpty());

            assertThat(allSent).isNotDone(); // 30 MB do not fit into the buffers of the system
            release.countDown();
            Deadline.get(socket.closed());
            assertThat(heard).hasSize(500);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

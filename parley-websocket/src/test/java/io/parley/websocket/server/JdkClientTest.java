package io.parley.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import io.parley.websocket.testing.Certificates;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's own WebSocket client against our server, plain and over TLS. */
class JdkClientTest {

    private static final Certificates AUTHORITY = Certificates.authority("authority");

    @TempDir
    Path folder;

    private HttpServer server = HttpServer.builder().build(); // until a test starts its own
    private final Recorder recorder = new Recorder();

    /** Puts messages together and keeps them, and how it ended. */
    private static final class Recorder implements WebSocket.Listener {

        final BlockingQueue<Object> messages = new LinkedBlockingQueue<>();
        final CompletableFuture<String> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private ByteBuffer binary = ByteBuffer.allocate(0);

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            binary = ByteBuffer.allocate(binary.remaining() + data.remaining())
                    .put(binary)
                    .put(data)
                    .flip();
            if (last) {
                messages.add(binary);
                binary = ByteBuffer.allocate(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            messages.add("pong of " + message.remaining());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }

        Object next() throws InterruptedException {
            Object message = messages.poll(Deadline.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return message == null ? "nothing" : message;
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    private WebSocket connect(boolean secure) {
        HttpServer.Builder options = HttpServer.builder().eventLoops(1);
        if (secure) {
            Certificates.Signed signed = AUTHORITY.server();
            options.tls(TlsOptions.of(
                    signed.writeChain(folder.resolve("chain.pem")), signed.writeKey(folder.resolve("key.pem"))));
        }
        server = options.build();
        server.webSocket(
                        "/echo", WebSocketOptions.builder().subprotocols("chat").build(), socket -> {
                            socket.onText(socket::send);
                            socket.onBinary(socket::send);
                            socket.onClose(
                                    (code, reason) -> recorder.messages.add("server heard " + code + " " + reason));
                        })
                .start();
        return Deadline.get(HttpClient.newBuilder()
                .sslContext(AUTHORITY.clientContext())
                .build()
                .newWebSocketBuilder()
                .subprotocols("chat")
                .buildAsync(URI.create((secure ? "wss" : "ws") + "://127.0.0.1:" + server.port() + "/echo"), recorder));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givenMessagesOfAllSizes_whenTheyAreEchoed_thenTheyComeBack(boolean secure) throws Exception {
        WebSocket client = connect(secure);
        assertThat(client.getSubprotocol()).isEqualTo("chat");

        for (int length : new int[] {0, 1, 125, 126, 65_535, 65_536, 1_000_000}) {
            String text = "ä".repeat(length / 2);
            Deadline.get(client.sendText(text, true));
            assertThat(recorder.next()).isEqualTo(text);
            byte[] bytes = new byte[length];
            new Random(length).nextBytes(bytes);
            Deadline.get(client.sendBinary(ByteBuffer.wrap(bytes), true));
            assertThat(recorder.next()).isEqualTo(ByteBuffer.wrap(bytes));
        }
        client.abort();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givenFragmentsWithAPingBetween_whenTheyCome_thenTheyAreOneMessage(boolean secure) throws Exception {
        WebSocket client = connect(secure);

        Deadline.get(client.sendText("one, ", false)
                .thenCompose(sent -> client.sendText("two, ", false))
                .thenCompose(sent -> client.sendPing(ByteBuffer.allocate(3)))
                .thenCompose(sent -> client.sendText("three", true)));

        assertThat(recorder.next()).isEqualTo("pong of 3");
        assertThat(recorder.next()).isEqualTo("one, two, three");
        client.abort();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givenAClientThatCloses_whenItIsDone_thenBothSidesHaveItsCode(boolean secure) throws Exception {
        WebSocket client = connect(secure);

        Deadline.get(client.sendClose(4001, "that is all"));

        assertThat(recorder.next()).isEqualTo("server heard 4001 that is all");
        assertThat(Deadline.get(recorder.closed)).startsWith("4001 ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givenAnOpenSocket_whenTheServerCloses_thenTheClientSees1001(boolean secure) {
        WebSocket client = connect(secure);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close, task -> new Thread(task).start());

        assertThat(Deadline.get(recorder.closed)).isEqualTo("1001 The server closes");

        Deadline.get(closing);
        assertThat(client.isInputClosed()).isTrue();
    }
}

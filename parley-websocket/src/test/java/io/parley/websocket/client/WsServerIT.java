package io.parley.websocket.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import io.parley.testkit.NodePeer;
import io.parley.websocket.DeflateOptions;
import io.parley.websocket.testing.Certificates;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our client and the server of Node's {@code ws}: with and without compression, with and without TLS. */
class WsServerIT {

    private static final Certificates AUTHORITY = Certificates.authority("authority");

    @TempDir
    static Path folder;

    private static NodePeer node;

    private final Recorder recorder = new Recorder();
    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start() {
        AUTHORITY.writeRoot(folder.resolve("root.pem"));
        Certificates.Signed certificate = AUTHORITY.server();
        certificate.writeChain(folder.resolve("chain.pem"));
        certificate.writeKey(folder.resolve("key.pem"));
        node = NodePeer.start(Path.of("src/test/node/ws-server.cjs"));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private WebSocketBuilder toNode(boolean secure, boolean deflate) {
        Map<String, @Nullable Object> options = new HashMap<>();
        options.put("deflate", deflate);
        if (secure) {
            options.put("certificate", folder.resolve("chain.pem").toString());
            options.put("key", folder.resolve("key.pem").toString());
        }
        Object port = node.call("listen", options);
        return recorder.listen(WebSocket.builder((secure ? "wss" : "ws") + "://127.0.0.1:" + port + "/")
                .deflate(DeflateOptions.builder().threshold(0).build())
                .tls(TlsOptions.builder().trust(folder.resolve("root.pem")).build())
                .onMessage(message -> received.add(message.data())));
    }

    private WebSocket open(boolean secure, boolean deflate) {
        WebSocket socket = toNode(secure, deflate).connect();
        Deadline.get(socket.opened());
        return socket;
    }

    private Object next() throws InterruptedException {
        Object message = received.poll(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        return message;
    }

    @ParameterizedTest(name = "secure {0}, deflate {1}")
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void givenMessagesOfEverySize_whenEchoed_thenTheyComeBackAsTheyWere(boolean secure, boolean deflate)
            throws Exception {
        WebSocket socket = open(secure, deflate);
        Random random = new Random(1);
        List<Object> sent = new ArrayList<>();
        for (int length : new int[] {0, 1, 125, 126, 65_535, 65_536, 300_000}) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            sent.add(bytes);
            sent.add("aé€😀".repeat(length / 10));
        }

        for (Object message : sent) {
            if (message instanceof String text) {
                socket.send(text);
            } else {
                socket.send((byte[]) message);
            }
        }

        for (Object message : sent) {
            assertThat(next()).isEqualTo(message);
        }
        assertThat(socket.extensions()).isEqualTo(deflate ? "permessage-deflate" : "");
        socket.close(1000, "done");
        assertThat(Deadline.get(socket.closed()).code()).isEqualTo(1000);
        assertThat(node.nextEvent("close")).isEqualTo("1000 done");
    }

    @ParameterizedTest(name = "secure {0}, deflate {1}")
    @CsvSource({"false, false", "false, true", "true, true"})
    void givenAFileAndAStream_whenSentInFragments_thenTheyComeBackWhole(boolean secure, boolean deflate)
            throws Exception {
        WebSocket socket = open(secure, deflate);
        byte[] bytes = "a line of text\n".repeat(50_000).getBytes(UTF_8);
        Path file = Files.write(folder.resolve("file-" + secure + deflate), bytes);

        Deadline.get(socket.send(file));
        Deadline.get(socket.send(new ByteArrayInputStream(bytes, 7, 100_000)));

        assertThat(next()).isEqualTo(bytes);
        assertThat(ByteBuffer.wrap((byte[]) next())).isEqualTo(ByteBuffer.wrap(bytes, 7, 100_000));
        assertThat(socket.bufferedAmount()).isZero();
        socket.close();
        Deadline.get(socket.closed());
        assertThat(node.nextEvent("close")).isEqualTo("1005");
    }

    @ParameterizedTest(name = "secure {0}")
    @CsvSource({"false", "true"})
    void givenAServerThatCloses_whenTold_thenTheEventSaysHow(boolean secure) {
        WebSocket socket = open(secure, false);

        socket.send("close 4001 why");

        Deadline.get(socket.closed());
        assertThat(recorder.events()).containsExactly("open", "close 4001 'why' clean");
        assertThat(node.nextEvent("close")).isEqualTo("4001 why");
    }

    @ParameterizedTest(name = "secure {0}")
    @CsvSource({"false", "true"})
    void givenAServerThatCuts_whenTold_thenErrorAndCloseFollow(boolean secure) {
        WebSocket socket = open(secure, false);

        socket.send("cut");

        Deadline.get(socket.closed());
        assertThat(recorder.events()).containsExactly("open", "error", "close 1006 '' unclean");
        assertThat(node.nextEvent("close")).isEqualTo("1006");
    }

    @ParameterizedTest(name = "secure {0}")
    @CsvSource({"false", "true"})
    void givenSubprotocolsAndAPing_whenConnected_thenBothAreUnderstood(boolean secure) throws Exception {
        WebSocket socket = toNode(secure, false).protocols("first", "second").connect();
        Deadline.get(socket.opened());

        socket.send("ping");

        assertThat(next()).isEqualTo("pong p");
        assertThat(socket.protocol()).isEqualTo("second");
        socket.close();
        Deadline.get(socket.closed());
        node.nextEvent("close");
    }

    @ParameterizedTest(name = "secure {0}")
    @CsvSource({"false", "true"})
    void givenNoSubprotocolThatTheServerSpeaks_whenConnected_thenItFails(boolean secure) {
        WebSocket socket = toNode(secure, false).protocols("first").connect();

        Deadline.get(socket.closed());

        assertThat(recorder.events()).containsExactly("error", "close 1006 '' unclean");
        assertThat(recorder.cause()).hasMessage("Handshake: no Sec-WebSocket-Protocol field (expected: one of first)");
        node.nextEvent("close");
    }
}

package io.parley.websocket.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import io.parley.testkit.GuideCode;
import io.parley.websocket.DeflateOptions;
import io.parley.websocket.server.HttpServer;
import io.parley.websocket.server.WebSocketOptions;
import io.parley.websocket.testing.Certificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.CookieManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide to the client shows, running; and that the guide shows just that. */
class ClientGuideTest {

    private static final Path GUIDE = Path.of("../docs/websocket-client.md");
    private static final Path SOURCE = Path.of("src/test/java/io/parley/websocket/client/ClientGuideTest.java");

    @TempDir
    Path folder;

    private final HttpServer server = HttpServer.builder().eventLoops(1).build();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private String url = "";

    @BeforeEach
    void start() {
        server.webSocket(
                        "/chat", WebSocketOptions.builder().subprotocols("chat").build(), socket -> {
                            socket.onText(socket::send);
                            socket.onBinary(socket::send);
                        })
                .start();
        url = "ws://127.0.0.1:" + server.port() + "/chat";
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void givenTheGuide_whenItsCodeIsLookedFor_thenAllOfItIsHere() {
        assertThat(GuideCode.provenBlocks(GUIDE, SOURCE)).hasSize(7);
    }

    @Test
    void givenTheFirstExample_whenItRuns_thenTheEventsCome() {
        WebSocket socket = WebSocket.builder(url)
                .protocols("chat")
                .onOpen(open -> open.socket().send("Hello"))
                .onMessage(message -> log.add("received " + message.text()))
                .onError(error -> log.add("failed: " + error.cause().getMessage()))
                .onClose(close -> log.add(close.code() + " " + close.reason() + " clean=" + close.wasClean()))
                .connect();

        Deadline.await("echo", () -> log.contains("received Hello"));
        socket.opened().join();
        socket.send("more");
        Deadline.await("second echo", () -> log.contains("received more"));
        socket.close(1000, "done");
        CloseEvent end = socket.closed().join();

        assertThat(end.code()).isEqualTo(1000);
        assertThat(log).containsExactly("received Hello", "received more", "1000 done clean=true");
    }

    @Test
    void givenTheTwoLinesOfWaiting_whenTheyRun_thenTheSocketCloses() {
        WebSocket socket = WebSocket.builder(url).protocols("chat").connect();

        socket.opened().join();
        socket.send("more");
        socket.close(1000, "done");
        CloseEvent end = socket.closed().join();

        assertThat(end.wasClean()).isTrue();
    }

    @Test
    void givenAFile_whenItIsSentAndComesBack_thenItIsReadAsAStream() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[100_000]);
        WebSocket socket = WebSocket.builder(url)
                .onMessageStream(message -> {
                    try (InputStream bytes = message.bytes()) {
                        log.add("received " + bytes.transferTo(OutputStream.nullOutputStream()) + " bytes");
                    } catch (IOException cutOff) {
                        log.add("cut off: " + cutOff.getMessage());
                    }
                })
                .connect();
        Deadline.get(socket.opened());

        CompletableFuture<Void> sent = socket.send(file);
        long left = socket.bufferedAmount();

        assertThat(left).isBetween(0L, 100_000L);
        Deadline.get(sent);
        Deadline.await("echo", () -> log.contains("received 100000 bytes"));
        socket.close();
        Deadline.get(socket.closed());
    }

    @Test
    void givenTheOptions_whenBuilt_thenTheyAreTaken() {
        String token = "secret";
        WebSocketBuilder builder = WebSocket.builder("wss://chat.example/room?id=7")
                .header("Origin", "https://chat.example")
                .header("Authorization", "Bearer " + token)
                .cookies(new CookieManager())
                .connectTimeout(Duration.ofSeconds(5))
                .maxRedirects(3)
                .maxMessageBytes(64 * 1024)
                .pingInterval(Duration.ofSeconds(20))
                .pongTimeout(Duration.ofSeconds(10))
                .deflate(DeflateOptions.builder().threshold(256).build());

        assertThat(builder).isNotNull();
    }

    @Test
    void givenTheTlsOptions_whenBuilt_thenTheyAreTaken() {
        Certificates certificates = Certificates.authority("authority");
        Certificates.Signed own = certificates.client("ann");
        Path authority = certificates.writeRoot(folder.resolve("authority.pem"));
        Path chain = own.writeChain(folder.resolve("chain.pem"));
        Path key = own.writeKey(folder.resolve("key.pem"));

        TlsOptions tls = TlsOptions.builder()
                .trust(authority)
                .certificate(chain, key)
                .pin("sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
                .build();

        assertThat(tls).isNotNull();
    }

    @Test
    void givenTheProxies_whenMade_thenTheyAreTaken() {
        Proxy byHttp = Proxy.http("proxy.example", 3128).credentials("ann", "secret");
        Proxy bySocks = Proxy.socks5("proxy.example", 1080);
        Proxy bySystem = Proxy.system();

        assertThat(List.of(byHttp, bySocks, bySystem)).doesNotContainNull();
    }
}

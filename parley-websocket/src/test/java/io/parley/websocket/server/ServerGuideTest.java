package io.parley.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import io.parley.testkit.GuideCode;
import io.parley.testkit.RawPeer;
import io.parley.testkit.RawWebSocket;
import io.parley.websocket.CloseCode;
import io.parley.websocket.DeflateOptions;
import io.parley.websocket.PreparedMessage;
import io.parley.websocket.server.TlsOptions.ClientCertificates;
import io.parley.websocket.testing.Certificates;
import io.parley.websocket.testing.UnixPeer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide to the server shows, running; and that the guide shows just that. */
class ServerGuideTest {

    private static final Path GUIDE = Path.of("../docs/websocket-server.md");
    private static final Path SOURCE = Path.of("src/test/java/io/parley/websocket/server/ServerGuideTest.java");
    private static final Certificates AUTHORITY = Certificates.authority("authority");

    @TempDir
    Path folder;

    private final int port = 0;
    private Path chain;
    private Path key;
    private Path authority;
    private final List<String> log = new CopyOnWriteArrayList<>();

    @BeforeEach
    void write() {
        Certificates.Signed signed = AUTHORITY.server();
        chain = signed.writeChain(folder.resolve("chain.pem"));
        key = signed.writeKey(folder.resolve("key.pem"));
        authority = AUTHORITY.writeRoot(folder.resolve("authority.pem"));
    }

    private static RawPeer connect(HttpServer server, SSLContext context) throws IOException {
        return RawPeer.over(context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port()));
    }

    @Test
    void givenTheGuide_whenItsCodeIsLookedFor_thenAllOfItIsHere() {
        assertThat(GuideCode.provenBlocks(GUIDE, SOURCE)).hasSizeGreaterThan(8);
    }

    @Test
    void givenTheFirstExample_whenItRuns_thenItEchoes() {
        HttpServer server = HttpServer.builder().port(port).build();
        server.webSocket("/echo", socket -> {
            socket.onText(socket::send);
            socket.onBinary(socket::send);
            socket.onClose((code, reason) -> log.add("closed with " + code + " " + reason));
        });
        server.start();

        try (server;
                RawWebSocket client = RawWebSocket.open(server.port(), "/echo")) {
            assertThat(client.sendText("hello").readText()).isEqualTo("hello");
            client.sendClose(CloseCode.NORMAL, "done");
            Deadline.await("heard", () -> log.equals(List.of("closed with 1000 done")));
        }
    }

    @Test
    void givenTheOptions_whenTheyAreUsed_thenTheyHold() {
        WebSocketOptions options = WebSocketOptions.builder()
                .subprotocols("chat.v2", "chat.v1")
                .allowedOrigins("https://app.example")
                .originPolicy((origin, request) -> origin.endsWith(".app.example"))
                .maxMessageBytes(64 * 1024)
                .pingInterval(Duration.ofSeconds(20))
                .build();
        HttpServer server = HttpServer.builder().port(port).build();
        server.webSocket("/chat", options, socket -> socket.send(socket.subprotocol()));
        server.start();

        try (server;
                RawWebSocket client = RawWebSocket.open(
                        server.port(),
                        "/chat",
                        "Sec-WebSocket-Protocol: chat.v1",
                        "Origin: https://north.app.example")) {
            assertThat(client.readText()).isEqualTo("chat.v1");
        }
    }

    @Test
    void givenTls_whenItIsServed_thenItMayBeReloaded() throws IOException {
        HttpServer server =
                HttpServer.builder().port(port).tls(TlsOptions.of(chain, key)).build();
        server.webSocket("/echo", socket -> socket.onText(socket::send));
        server.start();

        try (server;
                RawPeer peer = connect(server, AUTHORITY.clientContext());
                RawWebSocket client = RawWebSocket.open(peer, server.port(), "/echo")) {
            server.reloadTls();
            assertThat(client.sendText("hello").readText()).isEqualTo("hello");
        }
    }

    @Test
    void givenMutualTls_whenAClientComes_thenItIsKnownByItsCertificate() throws IOException {
        TlsOptions tls = TlsOptions.builder()
                .certificate(chain, key)
                .clientCertificates(ClientCertificates.REQUIRED)
                .trust(authority)
                .build();
        HttpServer server = HttpServer.builder().port(port).tls(tls).build();
        server.webSocket("/who", socket -> {
            X509Certificate client = socket.request().clientCertificates().get(0);
            socket.send("Hello " + client.getSubjectX500Principal());
        });
        server.start();

        SSLContext alice = AUTHORITY.clientContext(AUTHORITY.client("alice"));
        try (server;
                RawPeer peer = connect(server, alice);
                RawWebSocket client = RawWebSocket.open(peer, server.port(), "/who")) {
            assertThat(client.readText()).isEqualTo("Hello CN=alice");
        }
    }

    @Test
    void givenAUnixSocket_whenItIsServed_thenItEchoes() {
        Path socketFile = folder.resolve("parley.sock");
        HttpServer server =
                HttpServer.builder().unixSocket(socketFile, "rw-rw----").build();
        server.webSocket("/echo", socket -> socket.onText(socket::send));
        server.start();

        try (server;
                UnixPeer client = UnixPeer.connect(socketFile)) {
            assertThat(client.openWebSocket("/echo")
                            .sendText("hello")
                            .readFrame()
                            .text())
                    .isEqualTo("hello");
        }
    }

    @Test
    void givenLimits_whenFiguresAreAsked_thenTheyCount() {
        HttpServer server = HttpServer.builder()
                .port(port)
                .maxConnections(10_000)
                .maxConnectionsPerAddress(100)
                .build();
        server.webSocket("/echo", socket -> {
            socket.onText(socket::send);
            socket.onPong(payload -> log.add(
                    socket.remoteAddress() + " has sent " + socket.figures().bytesReceived() + " bytes"));
        });
        server.start();

        try (server;
                RawWebSocket client = RawWebSocket.open(server.port(), "/echo")) {
            assertThat(client.sendText("hello").readText()).isEqualTo("hello");
            ServerFigures figures = server.figures();
            log.add(figures.webSocketsOpen() + " open, " + figures.refusedByAddress() + " refused, "
                    + figures.slowReadersCut() + " cut");
            assertThat(log).containsExactly("1 open, 0 refused, 0 cut");
        }
    }

    @Test
    void givenAnUpload_whenItArrives_thenItIsWrittenMeanwhile() {
        Path uploads = folder;
        HttpServer server = HttpServer.builder().port(port).build();
        WebSocketOptions streaming = WebSocketOptions.builder().streaming(true).build();
        server.webSocket(
                "/upload",
                streaming,
                socket -> socket.onMessageStream(message -> {
                    try (InputStream bytes = message.bytes()) {
                        socket.send("Stored " + Files.copy(bytes, uploads.resolve("upload.bin")) + " bytes");
                    } catch (IOException failed) {
                        socket.close(CloseCode.INTERNAL_ERROR, "Not stored");
                    }
                }));
        server.start();

        try (server;
                RawWebSocket client = RawWebSocket.open(server.port(), "/upload")) {
            client.send(RawWebSocket.BINARY, new byte[1000]).send(0x80, new byte[1000]);
            assertThat(client.readText()).isEqualTo("Stored 2000 bytes");
        }
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // whenComplete has looked at how it ended
    void givenADownload_whenItIsAskedFor_thenItIsSentInParts() throws IOException {
        Path film = Files.write(folder.resolve("film.bin"), new byte[1000]);
        HttpServer server = HttpServer.builder().port(port).build();
        server.webSocket("/download", socket -> socket.send(film).whenComplete((sent, failure) -> {
            if (failure != null) {
                log.add("Not sent: " + failure);
            }
            socket.close();
        }));
        server.start();

        try (server;
                RawWebSocket client = RawWebSocket.open(server.port(), "/download")) {
            int length = 0;
            RawWebSocket.Frame frame = client.read();
            for (; frame.opcode() != RawWebSocket.CLOSE; frame = client.read()) {
                length += frame.payload().length;
            }
            assertThat(length).isEqualTo(1000);
            assertThat(log).isEmpty();
        }
    }

    @Test
    void givenARoom_whenOneSpeaks_thenAllHear() {
        HttpServer server = HttpServer.builder().port(port).build();
        Set<ServerWebSocket> room = ConcurrentHashMap.newKeySet();
        server.webSocket("/room", socket -> {
            room.add(socket);
            socket.onClose((code, reason) -> room.remove(socket));
            socket.onText(text -> ServerWebSocket.sendAll(room, PreparedMessage.text(text)));
        });
        server.start();

        try (server;
                RawWebSocket one = RawWebSocket.open(server.port(), "/room");
                RawWebSocket other = RawWebSocket.open(server.port(), "/room")) {
            Deadline.await("both are in", () -> room.size() == 2);
            one.sendText("hello, all");
            assertThat(other.readText()).isEqualTo("hello, all");
            assertThat(one.readText()).isEqualTo("hello, all");
        }
    }

    @Test
    void givenCompression_whenAMessageIsNotWorthIt_thenItMayOptOut() {
        HttpServer server = HttpServer.builder().port(port).build();
        WebSocketOptions compressed = WebSocketOptions.builder()
                .deflate(DeflateOptions.builder().serverNoContextTakeover(true).build())
                .build();
        server.webSocket("/deflate", compressed, socket -> {
            socket.send("a long text ".repeat(1000));
            socket.send("random or compressed already: ".repeat(1000), false);
        });
        server.start();

        try (server;
                RawWebSocket client =
                        RawWebSocket.open(server.port(), "/deflate", "Sec-WebSocket-Extensions: permessage-deflate")) {
            assertThat(client.read().payload()).hasSizeLessThan(200);
            assertThat(client.read().payload()).hasSize(30_000);
        }
    }
}

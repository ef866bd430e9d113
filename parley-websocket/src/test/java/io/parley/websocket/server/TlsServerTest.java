package io.parley.websocket.server;

import static io.parley.websocket.server.HttpServerTest.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.OpenSsl;
import io.parley.testkit.Deadline;
import io.parley.testkit.RawPeer;
import io.parley.testkit.RawWebSocket;
import io.parley.websocket.testing.Certificates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that speaks TLS, by the JDK's provider and by BoringSSL. */
class TlsServerTest {

    private static final Certificates AUTHORITY = Certificates.authority("authority");

    @TempDir
    Path folder;

    private Path chain;
    private Path key;
    private HttpServer server = HttpServer.builder().build(); // until a test starts its own

    @BeforeEach
    void write() {
        Certificates.Signed first = AUTHORITY.server();
        chain = first.writeChain(folder.resolve("chain.pem"));
        key = first.writeKey(folder.resolve("key.pem"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private TlsOptions.Builder tls() {
        return TlsOptions.builder().certificate(chain, key);
    }

    private HttpServer start(TlsOptions tls) {
        return start(tls, builder -> builder);
    }

    private HttpServer start(TlsOptions tls, UnaryOperator<HttpServer.Builder> more) {
        server = more.apply(HttpServer.builder().eventLoops(1).tls(tls)).build();
        server.webSocket("/echo", socket -> {
            socket.onText(socket::send);
            socket.onBinary(socket::send);
        });
        server.handle(
                "GET", "/who", exchange -> exchange.respond(HttpResponse.text(200, describe(exchange.request()))));
        return server.start();
    }

    private static String describe(io.parley.websocket.server.HttpRequest request) {
        List<String> names = request.clientCertificates().stream()
                .map(X509Certificate::getSubjectX500Principal)
                .map(Object::toString)
                .toList();
        return request.secure() + " " + names;
    }

    private URI uri(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.port() + path);
    }

    private String get(SSLContext context, String path) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().sslContext(context).build();
        return client.send(HttpRequest.newBuilder(uri("https", path)).build(), BodyHandlers.ofString())
                .body();
    }

    private SSLSocket connect(SSLContext context) throws IOException {
        return (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port());
    }

    private X509Certificate certificateShown() throws IOException {
        try (SSLSocket socket = connect(AUTHORITY.clientContext())) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void givenBoringSslOnTheClassPath_whenAsked_thenItIsThere() {
        assertThat(OpenSsl.isAvailable()).isTrue(); // or the tests of both providers test one twice
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenTls_whenAClientOfTheJdkAsks_thenItIsServed(boolean nativeProvider) throws Exception {
        start(tls().nativeProvider(nativeProvider).build());

        assertThat(get(AUTHORITY.clientContext(), "/who")).isEqualTo("true []");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAKeyStore_whenAClientAsks_thenItIsServed(boolean nativeProvider) throws Exception {
        Path store = AUTHORITY.server().writeKeyStore(folder.resolve("store.p12"), "PKCS12", "secret");
        start(TlsOptions.builder()
                .keyStore(store, "secret")
                .nativeProvider(nativeProvider)
                .build());

        assertThat(get(AUTHORITY.clientContext(), "/who")).isEqualTo("true []");
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3, true", "TLSv1.3, false", "TLSv1.2, true", "TLSv1.2, false"})
    void givenAVersionOfTls_whenAClientSpeaksIt_thenItAgreesOnHttp11(String version, boolean nativeProvider)
            throws Exception {
        start(tls().nativeProvider(nativeProvider).build());
        try (SSLSocket socket = connect(AUTHORITY.clientContext())) {
            socket.setEnabledProtocols(new String[] {version});
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);

            socket.startHandshake();

            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAnOldVersionOfTls_whenAClientSpeaksIt_thenItIsRefusedAndCounted(boolean nativeProvider) {
        start(tls().nativeProvider(nativeProvider).build());
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.sendHex("16030100 2d 01000029 0301".replace(" ", "") + "00".repeat(32) + "00" + "0002002f" + "0100");

            assertThat(peer.readToEnd().getBytes(ISO_8859_1)).startsWith(21, 3); // an alert
        }
        Deadline.await("counted", () -> server.figures().failedHandshakes() == 1);
        Deadline.await("not open any more", () -> server.figures().handshakesOpen() == 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenTls_whenARequestComesInPlain_thenTheAnswerSaysSo(boolean nativeProvider) {
        start(tls().nativeProvider(nativeProvider).build());
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(head("GET / HTTP/1.1", "Host: a"));

            assertThat(peer.readToEnd())
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .endsWith("This port speaks TLS (expected: a URL that begins with https:// or wss://)\n");
        }
    }

    @Test
    void givenAPlainServer_whenATlsClientComes_thenItFailsAtOnce() throws IOException {
        server = HttpServer.builder().eventLoops(1).build().start();
        try (SSLSocket socket = connect(AUTHORITY.clientContext())) {
            assertThatThrownBy(socket::startHandshake)
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("SSL message");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenALargeFile_whenItIsAskedForOverTls_thenAllOfItComes(boolean nativeProvider) throws Exception {
        byte[] content = new byte[5_000_001];
        new Random(1).nextBytes(content);
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.write(files.resolve("large.bin"), content);
        start(tls().nativeProvider(nativeProvider).build(), builder -> builder.files(files));
        HttpClient client =
                HttpClient.newBuilder().sslContext(AUTHORITY.clientContext()).build();

        var answer =
                client.send(HttpRequest.newBuilder(uri("https", "/large.bin")).build(), BodyHandlers.ofByteArray());

        assertThat(answer.body()).isEqualTo(content);
        assertThat(get(AUTHORITY.clientContext(), "/who")).isEqualTo("true []");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAFileAndAnUpgradeBehindIt_whenBothArePipelined_thenTheUpgradeFollowsTheFile(boolean nativeProvider)
            throws Exception {
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.write(files.resolve("large.bin"), new byte[3_000_000]);
        start(tls().nativeProvider(nativeProvider).build(), builder -> builder.files(files));
        try (RawPeer peer = RawPeer.over(connect(AUTHORITY.clientContext()))) {
            byte[] early = RawWebSocket.frame(0x81, true, "early".getBytes(ISO_8859_1));
            peer.send((head("GET /large.bin HTTP/1.1", "Host: a")
                            + RawWebSocket.request(server.port(), "/echo")
                            + new String(early, ISO_8859_1))
                    .getBytes(ISO_8859_1));

            assertThat(peer.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 ").contains("Content-Length: 3000000\r\n");
            assertThat(peer.readBytes(3_000_000)).containsOnly(0);
            assertThat(peer.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
            assertThat(peer.readBytes(7)).isEqualTo(RawWebSocket.frame(0x81, false, "early".getBytes(ISO_8859_1)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenTheLastAnswer_whenItIsRead_thenTlsIsEndedInOrder(boolean nativeProvider) throws Exception {
        start(tls().nativeProvider(nativeProvider).build());
        try (SSLSocket socket = connect(AUTHORITY.clientContext())) {
            socket.setSoTimeout((int) Deadline.LIMIT.toMillis());
            socket.getOutputStream().write("NOT HTTP\r\n\r\nand more".getBytes(ISO_8859_1));

            // Reading to the end fails when the peer just closes.
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, OPTIONAL", "false, OPTIONAL", "true, REQUIRED", "false, REQUIRED"})
    void givenMutualTls_whenAClientShowsItsCertificate_thenTheRequestHasIt(
            boolean nativeProvider, TlsOptions.ClientCertificates mode) throws Exception {
        start(tls().nativeProvider(nativeProvider)
                .clientCertificates(mode)
                .trust(AUTHORITY.writeRoot(folder.resolve("root.pem")))
                .build());
        SSLContext alice = AUTHORITY.clientContext(AUTHORITY.client("alice"));

        assertThat(get(alice, "/who")).isEqualTo("true [CN=alice]");
        assertThat(get(alice, "/who")).isEqualTo("true [CN=alice]"); // perhaps of a session that goes on
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenMutualTls_whenAClientHasNoCertificate_thenItIsServedIfThatIsOptional(boolean nativeProvider)
            throws Exception {
        TlsOptions.Builder options = tls().nativeProvider(nativeProvider)
                .trustStore(AUTHORITY.writeTrustStore(folder.resolve("trust.p12"), "secret"), "secret");
        start(options.clientCertificates(TlsOptions.ClientCertificates.OPTIONAL).build());
        assertThat(get(AUTHORITY.clientContext(), "/who")).isEqualTo("true []");
        server.close();

        start(options.clientCertificates(TlsOptions.ClientCertificates.REQUIRED).build());

        assertThatThrownBy(() -> get(AUTHORITY.clientContext(), "/who")).isInstanceOf(IOException.class);
        Deadline.await("counted", () -> server.figures().failedHandshakes() >= 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenMutualTls_whenAClientIsVouchedForByNobody_thenItIsRefused(boolean nativeProvider) {
        start(tls().nativeProvider(nativeProvider)
                .clientCertificates(TlsOptions.ClientCertificates.OPTIONAL)
                .trust(AUTHORITY.writeRoot(folder.resolve("root.pem")))
                .build());
        Certificates.Signed stranger = Certificates.authority("authority").client("mallory"); // in name only

        assertThatThrownBy(() -> get(AUTHORITY.clientContext(stranger), "/who")).isInstanceOf(IOException.class);

        Deadline.await("counted", () -> server.figures().failedHandshakes() >= 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenANewCertificate_whenReloaded_thenNewConnectionsGetItAndOldOnesGoOn(boolean nativeProvider)
            throws Exception {
        start(tls().nativeProvider(nativeProvider).reloadOnChange(false).build());
        try (RawPeer peer = RawPeer.over(connect(AUTHORITY.clientContext()));
                RawWebSocket old = RawWebSocket.open(peer, server.port(), "/echo")) {
            Certificates.Signed next = AUTHORITY.server();
            next.writeChain(chain);
            next.writeKey(key);

            server.reloadTls();

            assertThat(certificateShown()).isEqualTo(next.certificate());
            assertThat(old.sendText("still here").readText()).isEqualTo("still here");
        }
    }

    @Test
    void givenFilesThatChange_whenConnectionsCome_thenTheyGetTheNewCertificateInTheEnd() throws Exception {
        start(tls().build());
        Certificates.Signed next = AUTHORITY.server();
        next.writeChain(chain);
        next.writeKey(key);

        Deadline.await("new certificate", () -> certificateShown().equals(next.certificate()));
    }

    @Test
    void givenFilesThatDoNotFitAnyMore_whenReloaded_thenItFailsAndTheOldCertificateGoesOn() throws Exception {
        start(tls().build());
        X509Certificate before = certificateShown();
        AUTHORITY.server().writeKey(key);

        assertThatThrownBy(server::reloadTls)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TLS: the key in " + key + " is not that of the first certificate in " + chain
                        + ", CN=server (expected: a pair)");
        assertThat(certificateShown()).isEqualTo(before);
    }

    @Test
    void givenAServerWithoutTls_whenReloaded_thenSaysSo() {
        server = HttpServer.builder().build().start();

        assertThatThrownBy(server::reloadTls)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("reloadTls() (expected: a server with TLS that was started)");
    }

    @Test
    void givenAnExpiredCertificate_whenStarted_thenItServesWhoTakesIt() throws Exception {
        Certificates.Signed expired = AUTHORITY.expired();
        start(TlsOptions.of(
                expired.writeChain(folder.resolve("expired.pem")), expired.writeKey(folder.resolve("expired.key"))));

        assertThatThrownBy(() -> get(AUTHORITY.clientContext(), "/who"))
                .hasStackTraceContaining("validity check failed");
    }

    @Test
    void givenWrongOptions_whenBuilt_thenSaysWhatIsMissing() {
        assertThatThrownBy(() -> TlsOptions.builder().build())
                .hasMessage("TLS without a certificate (expected: certificate or keyStore)");
        assertThatThrownBy(() -> tls().certificate(chain, key))
                .hasMessage("A second certificate (expected: one certificate or one key store)");
        assertThatThrownBy(() -> tls().clientCertificates(TlsOptions.ClientCertificates.REQUIRED)
                        .build())
                .hasMessage("clientCertificates: REQUIRED without trust (expected: OPTIONAL or REQUIRED, and trust to"
                        + " say which)");
        assertThatThrownBy(() -> tls().trust(chain).build())
                .hasMessage("clientCertificates: NONE with trust (expected: OPTIONAL or REQUIRED, and trust to say"
                        + " which)");
        assertThatThrownBy(() -> TlsOptions.of(folder.resolve("none"), key))
                .hasMessage("TLS: certificate " + folder.resolve("none")
                        + ": there is no such file (expected: a file that this user may read)");
        assertThatThrownBy(() -> tls().handshakeTimeout(Duration.ZERO))
                .hasMessage("handshakeTimeout: PT0S (expected: 1 ms or more)");
        assertThatThrownBy(() -> tls().maxHandshakes(0)).hasMessage("maxHandshakes: 0 (expected: 1 or more)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "16", "160301"})
    void givenAHandshakeThatDoesNotGoOn_whenItTakesTooLong_thenItIsCutAndCounted(String begun) {
        start(tls().handshakeTimeout(Duration.ofMillis(100)).build());
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.sendHex(begun);

            peer.readToEnd();

            Deadline.await("counted", () -> server.figures().failedHandshakes() == 1);
        }
    }

    @Test
    void givenManyHandshakesThatAreHalfOpen_whenThereAreTooMany_thenTheRestIsCutAndCounted() throws Exception {
        int limit = 50;
        int peers = 300;
        start(tls().maxHandshakes(limit).build());
        List<RawPeer> halfOpen = new ArrayList<>();
        try {
            for (int i = 0; i < peers; i++) {
                halfOpen.add(RawPeer.connect(server.port()).trySend(new byte[] {22, 3, 1}));
            }

            Deadline.await("the rest is cut", () -> server.figures().refusedHandshakes() == peers - limit);
            assertThat(server.figures().handshakesOpen()).isEqualTo(limit);
        } finally {
            halfOpen.forEach(RawPeer::close);
        }
        Deadline.await("forgotten", () -> server.figures().handshakesOpen() == 0);
        assertThat(get(AUTHORITY.clientContext(), "/who")).isEqualTo("true []");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAWebSocketOverTls_whenTheServerCloses_thenItIsClosedWith1001(boolean nativeProvider) throws Exception {
        start(tls().nativeProvider(nativeProvider).build());
        try (Socket halfOpen = new Socket(InetAddress.getLoopbackAddress(), server.port());
                RawPeer peer = RawPeer.over(connect(AUTHORITY.clientContext()));
                RawWebSocket socket = RawWebSocket.open(peer, server.port(), "/echo")) {
            CompletableFuture<Void> closed =
                    CompletableFuture.runAsync(server::close, task -> new Thread(task).start());

            assertThat(socket.read().closeCode()).isEqualTo(1001);
            assertThat(halfOpen.getInputStream().read()).isEqualTo(-1);
            socket.sendClose(1001, "");
            Deadline.get(closed);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAStreamUnderWayOverTls_whenTheServerCloses_thenItIsFollowedBy1001(boolean nativeProvider)
            throws Exception {
        start(tls().nativeProvider(nativeProvider).build(), builder -> builder.closeTimeout(Deadline.LIMIT));
        CompletableFuture<CompletableFuture<Void>> sent = new CompletableFuture<>();
        server.webSocket(
                "/download", socket -> sent.complete(socket.send(new ByteArrayInputStream(new byte[20_000_000]))));
        try (RawPeer peer = RawPeer.over(connect(AUTHORITY.clientContext()));
                RawWebSocket socket = RawWebSocket.open(peer, server.port(), "/download")) {
            assertThat(socket.read().opcode()).isEqualTo(RawWebSocket.BINARY);
            CompletableFuture<Void> closed =
                    CompletableFuture.runAsync(server::close, task -> new Thread(task).start());

            RawWebSocket.Frame frame = socket.read();
            while (frame.opcode() != RawWebSocket.CLOSE) {
                frame = socket.read();
            }

            assertThat(frame.closeCode()).isEqualTo(1001);
            socket.sendClose(1001, "");
            Deadline.get(closed);
        }
        Deadline.await("it ends, in whichever way", () -> Deadline.get(sent).isDone());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAMessageOfAMegabyte_whenEchoedOverTls_thenItComesBackWhole(boolean nativeProvider) throws Exception {
        start(tls().nativeProvider(nativeProvider).build());
        byte[] payload = new byte[1_000_000];
        new Random(2).nextBytes(payload);
        try (RawPeer peer = RawPeer.over(connect(AUTHORITY.clientContext()));
                RawWebSocket socket = RawWebSocket.open(peer, server.port(), "/echo")) {
            for (int i = 0; i < 3; i++) {
                assertThat(socket.sendBinary(payload).read().payload()).isEqualTo(payload);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAClientThatLeavesWithoutAWord_whenItIsGone_thenTheSocketHears1006(boolean nativeProvider)
            throws Exception {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        start(tls().nativeProvider(nativeProvider).build());
        server.webSocket("/gone", socket -> socket.onClose((end, reason) -> code.complete(end)));
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            SSLSocket socket = (SSLSocket)
                    AUTHORITY.clientContext().getSocketFactory().createSocket(plain, "127.0.0.1", server.port(), false);
            RawWebSocket.open(RawPeer.over(socket), server.port(), "/gone");
        }

        assertThat(Deadline.get(code)).isEqualTo(1006);
        Deadline.await("forgotten", () -> server.figures().webSocketsOpen() == 0);
    }
}

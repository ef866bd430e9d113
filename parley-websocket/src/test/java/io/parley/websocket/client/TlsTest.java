package io.parley.websocket.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.websocket.CloseCode;
import io.parley.websocket.server.HttpServer;
import io.parley.websocket.server.TlsOptions.ClientCertificates;
import io.parley.websocket.testing.Certificates;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code wss}, by the JDK's provider and by BoringSSL. */
class TlsTest {

    private static final Certificates AUTHORITY = Certificates.authority("authority");

    @TempDir
    Path folder;

    private final Recorder recorder = new Recorder();
    private Path root;
    private HttpServer server = HttpServer.builder().build(); // until a test starts its own

    @BeforeEach
    void write() {
        root = AUTHORITY.writeRoot(folder.resolve("root.pem"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void start(
            Certificates.Signed certificate, UnaryOperator<io.parley.websocket.server.TlsOptions.Builder> more) {
        Path chain = certificate.writeChain(folder.resolve("chain.pem"));
        Path key = certificate.writeKey(folder.resolve("key.pem"));
        server = HttpServer.builder()
                .eventLoops(1)
                .tls(more.apply(io.parley.websocket.server.TlsOptions.builder().certificate(chain, key))
                        .build())
                .build();
        server.webSocket("/", socket -> {
                    socket.send("Hello");
                    socket.close(1000, "");
                })
                .start();
    }

    private void start(Certificates.Signed certificate) {
        start(certificate, options -> options);
    }

    private void run(String host, TlsOptions.Builder tls) {
        recorder.runToEnd(
                WebSocket.builder("wss://" + host + ":" + server.port()).tls(tls.build()));
    }

    private void expectMessage() {
        assertThat(recorder.events()).containsExactly("open", "Hello", "close 1000 '' clean");
    }

    private void expectFailure() {
        assertThat(recorder.events()).containsExactly("error", "close 1006 '' unclean");
        assertThat(recorder.cause().closeCode()).isEqualTo(CloseCode.TLS_HANDSHAKE);
        assertThat(recorder.cause()).hasMessageStartingWith("TLS with ").hasCauseInstanceOf(SSLException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenATrustedServer_whenConnected_thenMessagesCome(boolean nativeProvider) {
        start(AUTHORITY.server());

        run("localhost", TlsOptions.builder().trust(root).nativeProvider(nativeProvider));

        expectMessage();
    }

    @Test
    void givenATrustedServerAtAnAddress_whenConnected_thenMessagesCome() {
        start(AUTHORITY.server());

        run(
                "127.0.0.1",
                TlsOptions.builder().trustStore(AUTHORITY.writeTrustStore(folder.resolve("t.p12"), "pass"), "pass"));

        expectMessage();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAnUnknownAuthority_whenConnected_thenItFails(boolean nativeProvider) {
        start(AUTHORITY.server());

        run("localhost", TlsOptions.builder().nativeProvider(nativeProvider));

        expectFailure();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenACertificateForAnotherName_whenConnected_thenItFails(boolean nativeProvider) {
        start(AUTHORITY.client("other.example"));

        run("localhost", TlsOptions.builder().trust(root).nativeProvider(nativeProvider));

        expectFailure();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAnExpiredCertificate_whenConnected_thenItFails(boolean nativeProvider) {
        start(AUTHORITY.expired());

        run("localhost", TlsOptions.builder().trust(root).nativeProvider(nativeProvider));

        expectFailure();
    }

    @Test
    void givenAServerName_whenConnected_thenItIsTheNameThatCounts() {
        start(AUTHORITY.server());

        run("127.0.0.1", TlsOptions.builder().trust(root).serverName("localhost"));
        expectMessage();

        Recorder other = new Recorder();
        other.runToEnd(WebSocket.builder("wss://127.0.0.1:" + server.port())
                .tls(TlsOptions.builder()
                        .trust(root)
                        .serverName("other.example")
                        .build()));
        assertThat(other.events()).containsExactly("error", "close 1006 '' unclean");
    }

    @Test
    void givenAnInsecureClient_whenConnected_thenItTrustsAnybody() {
        start(AUTHORITY.expired());

        run("localhost", TlsOptions.builder().insecure());

        expectMessage();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAPin_whenItIsOfTheServersKey_thenMessagesCome(boolean nativeProvider) throws Exception {
        Certificates.Signed certificate = AUTHORITY.server();
        start(certificate);
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(certificate.certificate().getPublicKey().getEncoded());

        run(
                "localhost",
                TlsOptions.builder()
                        .trust(root)
                        .nativeProvider(nativeProvider)
                        .pin("sha256/" + "A".repeat(43) + "=")
                        .pin("sha256/" + Base64.getEncoder().encodeToString(hash)));

        expectMessage();
    }

    @Test
    void givenAPin_whenItIsOfAnotherKey_thenItFailsEvenForAnInsecureClient() {
        start(AUTHORITY.server());

        run("localhost", TlsOptions.builder().insecure().pin("sha256/" + "A".repeat(43) + "="));

        expectFailure();
        assertThat(recorder.cause().getMessage())
                .matches(
                        "TLS with localhost:[0-9]+: Key of the certificate: sha256/[A-Za-z0-9+/]{43}= \\(expected: one of"
                                + " \\[sha256/A{43}=]\\)");
    }

    @Test
    void givenAServerThatWantsACertificate_whenShown_thenMessagesCome() {
        start(AUTHORITY.server(), options -> options.clientCertificates(ClientCertificates.REQUIRED)
                .trust(root));
        Certificates.Signed own = AUTHORITY.client("ann");
        Path chain = own.writeChain(folder.resolve("own.pem"));
        Path key = own.writeKey(folder.resolve("own-key.pem"));

        run("localhost", TlsOptions.builder().trust(root).certificate(chain, key));

        expectMessage();
    }

    @Test
    void givenAServerThatWantsACertificate_whenNoneIsShown_thenItFails() {
        start(AUTHORITY.server(), options -> options.clientCertificates(ClientCertificates.REQUIRED)
                .trust(root));

        run("localhost", TlsOptions.builder().trust(root));

        assertThat(recorder.events()).containsExactly("error", "close 1006 '' unclean");
    }

    @Test
    void givenAServerWithoutTls_whenConnected_thenItFails() {
        try (ScriptedServer plain = ScriptedServer.start(peer -> {
            peer.read();
            peer.sendHead("HTTP/1.1 400 What").hangUp();
        })) {
            recorder.runToEnd(WebSocket.builder("wss://127.0.0.1:" + plain.port()));

            assertThat(recorder.events()).containsExactly("error", "close 1006 '' unclean");
            assertThat(recorder.cause().closeCode()).isEqualTo(CloseCode.TLS_HANDSHAKE);
        }
    }

    @Test
    void givenProxies_whenConnectedBySecureSockets_thenTlsGoesThroughTheTunnel() {
        start(AUTHORITY.server());
        try (ScriptedServer http = ScriptedServer.start(peer -> {
                    peer.readHead();
                    peer.sendHead("HTTP/1.1 200 OK").pumpTo(server.port());
                });
                ScriptedServer socks = ScriptedServer.start(peer -> {
                    peer.readBytes(3);
                    peer.sendHex("0500").readBytes(5 + 9 + 2);
                    peer.sendHex("05000001 7f000001 0050").pumpTo(server.port());
                })) {
            for (Proxy proxy : List.of(Proxy.http("127.0.0.1", http.port()), Proxy.socks5("127.0.0.1", socks.port()))) {
                Recorder through = new Recorder();
                through.runToEnd(WebSocket.builder("wss://localhost:" + server.port())
                        .proxy(proxy)
                        .tls(TlsOptions.builder().trust(root).build()));

                assertThat(through.events()).containsExactly("open", "Hello", "close 1000 '' clean");
            }
        }
    }

    @Test
    void givenASecureServer_whenItRedirectsToPlain_thenThatIsNotFollowed() {
        start(AUTHORITY.server());
        server.handle(
                "GET",
                "/elsewhere",
                exchange -> exchange.respond(
                        io.parley.websocket.server.HttpResponse.text(302, "").with("Location", "ws://127.0.0.1/")));

        recorder.runToEnd(WebSocket.builder("wss://localhost:" + server.port() + "/elsewhere")
                .maxRedirects(5)
                .tls(TlsOptions.builder().trust(root).build()));

        assertThat(recorder.events()).containsExactly("error", "close 1006 '' unclean");
        assertThat(recorder.cause())
                .hasMessage("Handshake: HTTP/1.1 302 Found to ws://127.0.0.1/ (expected: no redirect from wss to ws)");
    }

    @Test
    void givenBadOptions_whenBuilt_thenTheyFailAtTheCall() {
        TlsOptions.Builder builder = TlsOptions.builder();

        assertThatThrownBy(() -> builder.pin("sha1/abc"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pin: sha1/abc (expected: sha256/ and 44 characters of base64)");
        assertThatThrownBy(() -> builder.trust(List.of())).hasMessage("certificates: none (expected: 1 or more)");
        assertThatThrownBy(() -> builder.trust(folder.resolve("missing.pem")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("TLS: trust ");
        assertThatThrownBy(() -> builder.certificate(root, folder.resolve("missing.pem")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("TLS: key ");
    }
}

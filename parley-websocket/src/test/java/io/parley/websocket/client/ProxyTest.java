package io.parley.websocket.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways through HTTP and SOCKS5 proxies. */
class ProxyTest {

    private final Recorder recorder = new Recorder();
    private final ScriptedServer server =
            ScriptedServer.start(peer -> peer.shakeHands().sendText("Hello").close());

    @AfterEach
    void close() {
        server.close();
    }

    private ScriptedServer httpProxy() {
        return ScriptedServer.start(peer -> {
            peer.readHead();
            peer.sendHead("HTTP/1.0 200 Connection established|X-Proxy: yes").pumpTo(server.port());
        });
    }

    /** A proxy that asks for authentication by that challenge, and takes any. */
    private ScriptedServer askingProxy(String challenge) {
        return ScriptedServer.start(peer -> {
            peer.readHead();
            if (peer.field("Proxy-Authorization").isEmpty()) {
                peer.sendHead("HTTP/1.1 407 Who are you|" + challenge + "|Content-Length: 5")
                        .send(new byte[5])
                        .hangUp();
            } else {
                peer.sendHead("HTTP/1.1 200 OK").pumpTo(server.port());
            }
        });
    }

    private Recorder runBy(Proxy proxy) {
        return recorder.runToEnd(
                WebSocket.builder("ws://chat.example:8080/x").deflate(null).proxy(proxy));
    }

    private void expectMessage() {
        assertThat(recorder.events()).containsExactly("open", "Hello", "close 1005 '' clean");
        assertThat(server.requests().get(0)).startsWith("GET /x HTTP/1.1\r\nHost: chat.example:8080\r\n");
    }

    @Test
    void givenAnHttpProxy_whenConnecting_thenATunnelIsMadeForPlainWebSocketsToo() {
        try (ScriptedServer proxy = httpProxy()) {
            runBy(Proxy.http("127.0.0.1", proxy.port()));

            expectMessage();
            assertThat(proxy.requests())
                    .containsExactly("CONNECT chat.example:8080 HTTP/1.1\r\nHost: chat.example:8080\r\n\r\n");
        }
    }

    @Test
    void givenAnHttpProxyThatAsksForAPassword_whenConnecting_thenItGetsIt() {
        try (ScriptedServer proxy = askingProxy("Proxy-Authenticate: Basic realm=\"p\"")) {
            runBy(Proxy.http("127.0.0.1", proxy.port()).credentials("ann", "ö:x"));

            expectMessage();
            assertThat(proxy.requests()).hasSize(2);
            assertThat(proxy.requests().get(1)).contains("\r\nProxy-Authorization: Basic YW5uOsO2Ong=\r\n");
        }
    }

    @Test
    void givenAnHttpProxyThatAsksForADigest_whenConnecting_thenItGetsOne() {
        try (ScriptedServer proxy =
                askingProxy("Proxy-Authenticate: Basic realm=\"p\", Digest realm=\"p, q\", nonce=\"n\", qop=\"auth\","
                        + " algorithm=MD5|Proxy-Authenticate: Digest realm=\"p, q\", nonce=\"n\", qop=\"auth\","
                        + " algorithm=SHA-256, opaque=\"o\"")) {
            runBy(Proxy.http("127.0.0.1", proxy.port()).credentials("ann", "secret"));

            expectMessage();
            assertThat(proxy.requests().get(1))
                    .containsPattern("\r\nProxy-Authorization: Digest username=\"ann\", realm=\"p, q\", nonce=\"n\","
                            + " uri=\"chat\\.example:8080\", response=\"[0-9a-f]{64}\", algorithm=SHA-256, qop=auth,"
                            + " nc=00000001, cnonce=\"[0-9a-f]{32}\", opaque=\"o\"\r\n");
        }
    }

    @Test
    void givenAWrongPassword_whenTheProxyAsksAgain_thenItFails() {
        try (ScriptedServer proxy = ScriptedServer.start(peer -> {
            peer.readHead();
            peer.sendHead("HTTP/1.1 407 No|Proxy-Authenticate: Basic realm=\"p\"")
                    .hangUp();
        })) {
            runBy(Proxy.http("127.0.0.1", proxy.port()).credentials("ann", "wrong"));

            assertThat(proxy.requests()).hasSize(2);
            assertThat(recorder.events()).containsExactly("error", "close 1006 '' unclean");
            assertThat(recorder.cause())
                    .isInstanceOfSatisfying(HandshakeException.class, refused -> assertThat(refused.status())
                            .isEqualTo(407))
                    .hasMessage("Proxy 127.0.0.1:" + proxy.port() + ": HTTP/1.1 407 No (expected: 200)");
        }
    }

    @Test
    void givenNoPassword_whenTheProxyAsks_thenTheErrorSaysHowToGiveOne() {
        try (ScriptedServer proxy = askingProxy("Proxy-Authenticate: Basic realm=\"p\"")) {
            runBy(Proxy.http("127.0.0.1", proxy.port()));

            assertThat(recorder.cause())
                    .hasMessage(
                            "Proxy 127.0.0.1:" + proxy.port() + ": HTTP/1.1 407 Who are you (expected: 200; name and"
                                    + " password can be given by Proxy.credentials)");
        }
    }

    @Test
    void givenAnHttpProxyThatRefuses_whenConnecting_thenItFails() {
        try (ScriptedServer proxy = ScriptedServer.start(peer -> {
            peer.readHead();
            peer.sendHead("HTTP/1.1 403 Not there").hangUp();
        })) {
            runBy(Proxy.http("127.0.0.1", proxy.port()));

            assertThat(recorder.events()).containsExactly("error", "close 1006 '' unclean");
            assertThat(recorder.cause())
                    .hasMessage("Proxy 127.0.0.1:" + proxy.port() + ": HTTP/1.1 403 Not there (expected: 200)");
        }
    }

    @Test
    void givenAnHttpProxyThatHangsUp_whenConnecting_thenItFails() {
        try (ScriptedServer proxy = ScriptedServer.start(peer -> {
            peer.readHead();
            peer.hangUp();
        })) {
            runBy(Proxy.http("127.0.0.1", proxy.port()));

            assertThat(recorder.cause())
                    .hasMessage("Proxy 127.0.0.1:" + proxy.port() + ": closed before it was complete");
        }
    }

    // --- SOCKS5 ---

    @Test
    void givenASocksProxy_whenConnecting_thenItResolvesTheName() {
        CompletableFuture<String> asked = new CompletableFuture<>();
        try (ScriptedServer proxy = ScriptedServer.start(peer -> {
            asked.complete(hex(peer.readBytes(3)) + " " + socksRequest(peer, "0500", 5 + 12 + 2));
            peer.sendHex("05000001 7f000001 0050").pumpTo(server.port());
        })) {
            runBy(Proxy.socks5("127.0.0.1", proxy.port()));

            expectMessage();
            assertThat(Deadline.get(asked))
                    .isEqualTo("050100 05010003" + "0c" + hex("chat.example".getBytes(UTF_8)) + "1f90");
        }
    }

    @Test
    void givenASocksProxyThatAsksForAPassword_whenConnecting_thenItGetsIt() {
        CompletableFuture<String> asked = new CompletableFuture<>();
        try (ScriptedServer proxy = ScriptedServer.start(peer -> {
            String greeting = hex(peer.readBytes(4));
            peer.sendHex("0502");
            String password = hex(peer.readBytes(9));
            String request = socksRequest(peer, "0100", 5 + 12 + 2);
            asked.complete(greeting + " " + password + " " + request.substring(0, 8));
            peer.sendHex("05000003 01 78 0050").pumpTo(server.port());
        })) {
            runBy(Proxy.socks5("127.0.0.1", proxy.port()).credentials("ann", "öx"));

            expectMessage();
            assertThat(Deadline.get(asked)).isEqualTo("05020002 01" + "03616e6e" + "03c3b678" + " 05010003");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ws://127.0.0.1:80/ 0501000" + "17f0000010050",
                "ws://[::1]:80/ 050100040000000000000000000000000000000" + "10050"
            })
    void givenAnAddress_whenConnectingBySocks_thenItIsSentAsOne(String urlAndRequest) {
        String url = urlAndRequest.split(" ", -1)[0];
        String expected = urlAndRequest.split(" ", -1)[1];
        CompletableFuture<String> asked = new CompletableFuture<>();
        try (ScriptedServer proxy = ScriptedServer.start(peer -> {
            peer.readBytes(3);
            asked.complete(socksRequest(peer, "0500", expected.length() / 2));
            peer.sendHex("05000004 00000000000000000000000000000001 0050").pumpTo(server.port());
        })) {
            recorder.runToEnd(WebSocket.builder(url).proxy(Proxy.socks5("127.0.0.1", proxy.port())));

            assertThat(recorder.events()).containsExactly("open", "Hello", "close 1005 '' clean");
            assertThat(Deadline.get(asked)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "05ff|SOCKS5 authentication method 255 (expected: 0, none; name and password can be given by"
                        + " Proxy.credentials)",
                "0400|SOCKS version 4 (expected: 5)",
                "0500 05050001 00000000 0000|SOCKS5 reply 5, connection refused, to chat.example:8080 (expected: 0,"
                        + " connected)",
                "0500 05020001 00000000 0000|SOCKS5 reply 2, not allowed, to chat.example:8080 (expected: 0, connected)",
                "0500 05000002 00000000 0000|SOCKS5 address type 2 (expected: 1, 3 or 4)"
            })
    void givenASocksProxyThatRefuses_whenConnecting_thenItFails(String answerAndMessage) {
        String[] parts = answerAndMessage.split("\\|", -1);
        try (ScriptedServer proxy = ScriptedServer.start(peer -> {
            peer.readBytes(3);
            peer.sendHex(parts[0]);
            peer.readToEnd();
        })) {
            runBy(Proxy.socks5("127.0.0.1", proxy.port()));

            assertThat(recorder.events()).containsExactly("error", "close 1006 '' unclean");
            assertThat(recorder.cause()).hasMessage("Proxy 127.0.0.1:" + proxy.port() + ": " + parts[1]);
        }
    }

    @Test
    void givenAWrongPassword_whenTheSocksProxyRefuses_thenItFails() {
        try (ScriptedServer proxy = ScriptedServer.start(peer -> {
            peer.readBytes(4);
            peer.sendHex("0502");
            peer.readBytes(7);
            peer.sendHex("0101");
            peer.readToEnd();
        })) {
            runBy(Proxy.socks5("127.0.0.1", proxy.port()).credentials("a", "wrong"));

            assertThat(recorder.cause())
                    .hasMessage("Proxy 127.0.0.1:" + proxy.port()
                            + ": SOCKS5 authentication status 1 (expected: 0, name and password accepted)");
        }
    }

    // --- which proxy ---

    @Test
    void givenASelector_whenConnecting_thenItIsAskedForTheUrlOfTheWeb() {
        List<URI> asked = new CopyOnWriteArrayList<>();
        try (ScriptedServer proxy = httpProxy()) {
            ProxySelector selector = new ProxySelector() {
                @Override
                public List<java.net.Proxy> select(URI uri) {
                    asked.add(uri);
                    return List.of(
                            new java.net.Proxy(
                                    java.net.Proxy.Type.HTTP, InetSocketAddress.createUnresolved("no.invalid", 1)),
                            new java.net.Proxy(
                                    java.net.Proxy.Type.HTTP,
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())));
                }

                @Override
                public void connectFailed(URI uri, SocketAddress address, IOException cause) {}
            };
            runBy(Proxy.from(selector));

            expectMessage();
            assertThat(asked).containsExactly(URI.create("http://chat.example:8080/"));
        }
    }

    @Test
    void givenSystemProperties_whenAProxyIsSelected_thenTheyAreFollowed() {
        Target plain = Target.parse("ws://chat.example/");
        Target secure = Target.parse("wss://chat.example/");
        Target local = Target.parse("ws://localhost:1/");
        System.setProperty("https.proxyHost", "proxy.example");
        System.setProperty("https.proxyPort", "3128");
        try {
            assertThat(Proxy.system().select(secure))
                    .containsExactly(new java.net.Proxy(
                            java.net.Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.example", 3128)));
            assertThat(Proxy.system().select(plain)).containsExactly(java.net.Proxy.NO_PROXY);
            assertThat(Proxy.system().select(local)).containsExactly(java.net.Proxy.NO_PROXY);
            assertThat(Proxy.none().select(secure)).containsExactly(java.net.Proxy.NO_PROXY);
        } finally {
            System.clearProperty("https.proxyHost");
            System.clearProperty("https.proxyPort");
        }
    }

    @Test
    void givenWrongValues_whenAProxyIsMade_thenItFails() {
        assertThatThrownBy(() -> Proxy.http("proxy.example", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port: 0 (expected: 1 to 65535)");
        assertThatThrownBy(() -> Proxy.none().credentials("a:b", ""))
                .hasMessage("user: 'a:b' (expected: a name without a colon)");
    }

    private static String socksRequest(ScriptedServer.Peer peer, String methodAnswer, int length) throws IOException {
        return hex(peer.sendHex(methodAnswer).readBytes(length));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

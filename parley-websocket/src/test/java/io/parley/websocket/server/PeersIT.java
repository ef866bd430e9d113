package io.parley.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Chromium;
import io.parley.testkit.NodePeer;
import io.parley.websocket.DeflateOptions;
import io.parley.websocket.testing.Certificates;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Node's {@code ws} and Chromium against our server, over TLS and with compression. */
class PeersIT {

    private static final Certificates AUTHORITY = Certificates.authority("authority");

    @TempDir
    Path folder;

    private HttpServer server = HttpServer.builder().build(); // until a test starts its own

    @AfterEach
    void close() {
        server.close();
    }

    private void start(boolean secure) {
        HttpServer.Builder options = HttpServer.builder().eventLoops(1);
        if (secure) {
            Certificates.Signed signed = AUTHORITY.server();
            options.tls(TlsOptions.of(
                    signed.writeChain(folder.resolve("chain.pem")), signed.writeKey(folder.resolve("key.pem"))));
        }
        server = options.build();
        WebSocketOptions endpoint = WebSocketOptions.builder()
                .deflate(DeflateOptions.builder().threshold(0).build())
                .maxMessageBytes(4 * 1024 * 1024)
                .build();
        server.webSocket("/echo", endpoint, socket -> {
                    socket.onText(socket::send);
                    socket.onBinary(socket::send);
                })
                .handle("GET", "/", exchange -> exchange.respond(HttpResponse.text(200, "a page")))
                .start();
    }

    private String url(String scheme) {
        return scheme + "://localhost:" + server.port();
    }

    @ParameterizedTest(name = "secure {0}, compressed {1}")
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void givenTheClientOfWs_whenItTalks_thenAllComesBack(boolean secure, boolean compressed) {
        start(secure);
        Map<String, Object> options = new HashMap<>(Map.of("perMessageDeflate", compressed));
        options.put("ca", AUTHORITY.writeRoot(folder.resolve("root.pem")).toString());
        try (NodePeer node = NodePeer.start(Path.of("src/test/node/ws-client.cjs"))) {
            node.call("connect", url(secure ? "wss" : "ws") + "/echo", options);

            String agreed = compressed ? "permessage-deflate" : "";
            assertThat(node.nextEvent("open")).isEqualTo(Map.of("extensions", agreed, "protocol", ""));
            String text = "all the world's a stage ".repeat(10_000);
            node.call("send", "hello", text, Map.of("$hex", "00ff".repeat(50_000)));
            assertThat(node.nextEvent("message")).isEqualTo("hello");
            assertThat(node.nextEvent("message")).isEqualTo(text);
            assertThat(node.nextEvent("message")).isEqualTo(Map.of("$hex", "00ff".repeat(50_000)));
            node.call("sendFragments", "one, ", "two, ", "three");
            assertThat(node.nextEvent("message")).isEqualTo("one, two, three");
            node.call("close", 4002, "enough");
            assertThat(node.nextEvent("close")).isEqualTo(Map.of("code", 4002, "reason", "enough"));
        }
    }

    @Test
    void givenAPageOfOurs_whenItOpensAWebSocketOverTls_thenItIsCompressedAndEchoed() {
        start(true);
        try (Chromium browser = Chromium.launch()) {
            Chromium.Page page = browser.newPage();
            assertThat(page.goTo(url("https") + "/")).isEqualTo(200);

            Object heard = page.evaluate("""
                    new Promise((resolve, reject) => {
                      const socket = new WebSocket("wss://" + location.host + "/echo");
                      const text = "all the world's a stage ".repeat(10000);
                      const heard = [];
                      socket.onopen = () => { socket.send(text); socket.send(new Blob([new Uint8Array(70000)])); };
                      socket.onmessage = ({ data }) => {
                        heard.push(data === text || data.size);
                        if (heard.length === 2) socket.close(4003, "seen");
                      };
                      socket.onclose = ({ code, wasClean }) =>
                        resolve([socket.extensions, ...heard, code, wasClean].join(" "));
                    })""");

            assertThat(heard).isEqualTo("permessage-deflate true 70000 4003 true");
        }
    }
}

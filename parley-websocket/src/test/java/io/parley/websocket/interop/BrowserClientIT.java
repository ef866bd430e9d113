package io.parley.websocket.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Chromium;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.DeflateOptions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chromium's WebSocket against our server. */
class BrowserClientIT {

    private static final ConnectionOptions PLAIN =
            ConnectionOptions.builder().maxMessageBytes(8_000_000).build();

    private static final String SCRIPT = """
            window.open = (path, protocols = []) => new Promise((resolve, reject) => {
              const socket = new WebSocket(`ws://${location.host}${path}`, protocols);
              socket.binaryType = "arraybuffer";
              socket.ended = new Promise((end) =>
                socket.addEventListener("close", (e) => end(`${e.code} ${e.reason} ${e.wasClean}`)));
              socket.addEventListener("open", () => resolve(window.socket = socket));
              socket.addEventListener("error", () => reject(new Error("not opened")));
            });
            window.echo = (data) => new Promise((resolve) => {
              socket.addEventListener("message", (event) => resolve(event.data), { once: true });
              socket.send(data);
            });
            window.pattern = (size, prime) => Uint8Array.from({ length: size }, (_, i) => (i * prime) >> 3);
            window.same = (left, right) => left.byteLength === right.byteLength
              && new Uint8Array(left).every((byte, i) => byte === right[i]);
            null
            """;

    private static Chromium browser;

    @BeforeAll
    static void launch() {
        browser = Chromium.launch();
    }

    @AfterAll
    static void quit() {
        browser.close();
    }

    private static Chromium.Page visit(EchoEndpoint server) {
        Chromium.Page page = browser.newPage();
        page.goTo("http://127.0.0.1:" + server.port() + "/page");
        page.evaluate(SCRIPT);
        return page;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenMessagesOfEverySize_whenSent_thenTheyComeBack(boolean deflate) {
        ConnectionOptions options =
                deflate ? PLAIN.toBuilder().deflate(DeflateOptions.defaults()).build() : PLAIN;
        try (EchoEndpoint server = EchoEndpoint.start(options, null)) {
            Chromium.Page page = visit(server);

            assertThat(page.evaluate("open('/echo', ['v2', 'v1']).then(s => s.protocol + ';' + s.extensions)"))
                    .asString()
                    .startsWith(deflate ? "v1;permessage-deflate" : "v1;")
                    .hasSizeLessThan(deflate ? 100 : 4);
            for (int size : List.of(0, 1, 125, 126, 65_535, 65_536, 131_073, 3_000_000)) {
                assertThat(page.evaluate(
                                "(async (bytes) => same(await echo(bytes), bytes))(pattern(" + size + ", 7919))"))
                        .as("%s bytes", size)
                        .isEqualTo(true);
                assertThat(page.evaluate(
                                "(async (text) => await echo(text) === text)('Zoë 👋 '.repeat(" + size + " / 10))"))
                        .as("text of about %s bytes", size)
                        .isEqualTo(true);
            }
        }
    }

    @Test
    void givenABlob_whenSent_thenBufferedAmountCountsItAndFallsToZero() {
        try (EchoEndpoint server = EchoEndpoint.start(PLAIN, null)) {
            Chromium.Page page = visit(server);
            page.evaluate("open('/echo').then(() => null)");

            Object counted = page.evaluate("""
                    (async () => {
                      const echoed = echo(new Blob([pattern(5_000_000, 31)]));
                      const waiting = socket.bufferedAmount;
                      const back = await echoed;
                      return [waiting, socket.bufferedAmount, back.byteLength];
                    })()
                    """);

            assertThat(counted).isEqualTo(List.of(5_000_000, 0, 5_000_000));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1011, 3000, 4999})
    void givenAServerThatCloses_whenItDoes_thenThePageSeesHow(int code) {
        try (EchoEndpoint server = EchoEndpoint.start(PLAIN, null)) {
            Chromium.Page page = visit(server);

            assertThat(page.evaluate("open('/close').then(s => (s.send('" + code + " größer'), s.ended))"))
                    .isEqualTo(code + " größer true");
        }
    }

    @Test
    void givenAPageThatCloses_whenItDoes_thenTheServerSeesHow() {
        try (EchoEndpoint server = EchoEndpoint.start(PLAIN, null)) {
            Chromium.Page page = visit(server);

            page.evaluate("open('/echo').then(s => (s.close(4001, 'größer'), s.ended))");
            assertThat(server.nextClose()).isEqualTo("4001 größer");
            page.evaluate("open('/echo').then(s => (s.close(), s.ended))");
            assertThat(server.nextClose()).isEqualTo("1005");
            page.evaluate("open('/echo').then(() => null)");
            page.close(); // leaves the page
            assertThat(server.nextClose()).startsWith("1001");
        }
    }

    @Test
    void givenAMessageAboveTheLimit_whenItIsSent_thenThePageSees1009() {
        try (EchoEndpoint server = EchoEndpoint.start(PLAIN, null)) {
            Chromium.Page page = visit(server);

            assertThat(page.evaluate("open('/echo').then(s => (s.send(new Uint8Array(9_000_000)), s.ended))"))
                    .asString()
                    .startsWith("1009");
        }
    }

    @Test
    void givenAServerThatStops_whenItDoes_thenThePageSees1001() {
        EchoEndpoint server = EchoEndpoint.start(PLAIN, null);
        Chromium.Page page = visit(server);
        page.evaluate("open('/echo').then(() => null)");

        server.close();

        assertThat(page.evaluate("socket.ended")).asString().startsWith("1001");
    }
}

package io.parley.socketio.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.server.SocketIoOptions;
import io.parley.socketio.server.SocketIoServer;
import io.parley.testkit.Chromium;
import io.parley.websocket.server.HttpServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client of Socket.IO 2 in Chromium, where it takes binary over polling and where JSONP is made of scripts. */
class OldBrowserIT {

    private static final Path CLIENT = Path.of("../parley-testkit/target/npm/node_modules/socket.io-client-2/dist");

    private static final String SCRIPT = """
            window.echo = (url, options) => new Promise((resolve) => {
              const socket = io(url, { forceNew: true, reconnection: false, ...options });
              socket.on("connect_error", () => resolve("refused"));
              socket.on("echo", (text, bytes) => resolve([text, new Uint8Array(bytes).join(" ")]));
              socket.on("connect", () => socket.emit("echo", "ü€😀\\n\\\\n", new Uint8Array([1, 0, 255]).buffer));
            });
            new Promise((resolve) => {
              const script = document.createElement("script");
              script.src = "/socket.io.js";
              script.onload = () => resolve("loaded");
              document.head.appendChild(script);
            })
            """;

    private static Chromium browser;
    private static HttpServer http;
    private static HttpServer elsewhere;
    private static Chromium.Page page;

    @BeforeAll
    static void start() {
        http = serve();
        SocketIoServer io = SocketIoServer.attach(
                http,
                SocketIoOptions.builder()
                        .engine(engine -> engine.allowEIO3(true))
                        .build());
        io.onConnection(socket -> socket.on("echo", (args, ack) -> socket.emit("echo", args.string(0), args.bytes(1))));
        http.start();
        elsewhere = serve();
        elsewhere.start();
        browser = Chromium.launch();
        page = browser.newPage();
    }

    @AfterAll
    static void stop() {
        browser.close();
        http.close();
        elsewhere.close();
    }

    private static HttpServer serve() {
        return HttpServer.builder().host("127.0.0.1").port(0).files(CLIENT).build();
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.port();
    }

    private static void visit(HttpServer server) {
        page.goTo(url(server) + "/nothing");
        assertThat(page.evaluate(SCRIPT)).isEqualTo("loaded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transports: ['polling']",
                "transports: ['polling'], forceBase64: true",
                "transports: ['polling'], forceJSONP: true",
                "transports: ['websocket']",
                "transports: ['websocket'], forceBase64: true",
            })
    void givenAPageOfTheServer_whenItSendsTextAndBinary_thenBothComeBack(String options) {
        visit(http);

        assertThat(page.evaluate("echo('/', {" + options + "})")).isEqualTo(List.of("ü€😀\n\\n", "1 0 255"));
    }

    @Test
    void givenAPageOfAnotherOrigin_whenItComesOverJsonp_thenItIsRefused() {
        visit(elsewhere);

        String answer = "echo('" + url(http) + "', {transports: ['polling'], forceJSONP: true})";

        assertThat(page.evaluate(answer)).isEqualTo("refused");
    }
}

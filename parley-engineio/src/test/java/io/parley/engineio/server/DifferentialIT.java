package io.parley.engineio.server;

import static io.parley.engineio.packet.EncodedPacket.binary;
import static io.parley.engineio.packet.EncodedPacket.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.DisconnectReason;
import io.parley.testkit.NodePeer;
import io.parley.websocket.DeflateOptions;
import io.parley.websocket.server.HttpServer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same requests to the official {@code engine.io} server and to this one: status, header fields and body agree. */
class DifferentialIT {

    private static final String P = "EIO=4&transport=polling";
    private static final String S = P + "&sid=SID";
    private static final String W = "EIO=4&transport=websocket";
    private static final String UPGRADE = " | Connection: Upgrade | Upgrade: websocket | Sec-WebSocket-Version: 13"
            + " | Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    private static NodePeer node;

    private HttpServer http;

    @BeforeAll
    static void start() {
        node = NodePeer.start(Path.of("src/test/node/engine-server.cjs"));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @AfterEach
    void close() {
        if (http != null) {
            http.close();
        }
    }

    /** What a run of both servers is made with. */
    enum Setting {
        DEFAULTS,
        CORS,
        ANY_ORIGIN,
        COOKIE,
        MIDDLEWARE,
        GREETING,
        DEFLATE;

        Map<String, Object> ofNode() {
            return switch (this) {
                case DEFAULTS -> Map.of();
                case CORS ->
                    Map.of(
                            "cors",
                            Map.of(
                                    "origin",
                                    List.of("https://a.example"),
                                    "credentials",
                                    true,
                                    "exposedHeaders",
                                    "X-Mine"));
                case ANY_ORIGIN -> Map.of("cors", Map.of("origin", "*"));
                case COOKIE -> Map.of("cookie", Map.of("name", "sticky", "secure", true, "maxAge", 60));
                case MIDDLEWARE -> Map.of("middlewareFields", Map.of("X-Mine", "1", "Content-Type", "text/x-mine"));
                case GREETING -> Map.of("largeMessage", 2_000);
                case DEFLATE -> Map.of("perMessageDeflate", Map.of("threshold", 1024));
            };
        }

        EngineOptions ofOurs() {
            EngineOptions.Builder options = EngineOptions.builder();
            return switch (this) {
                case DEFAULTS, MIDDLEWARE, GREETING -> options.build();
                case CORS ->
                    options.cors(CorsOptions.builder()
                                    .origins("https://a.example")
                                    .credentials(true)
                                    .exposedHeaders("X-Mine")
                                    .build())
                            .build();
                case ANY_ORIGIN -> options.cors(CorsOptions.anyOrigin()).build();
                case COOKIE ->
                    options.cookie(CookieOptions.builder()
                                    .name("sticky")
                                    .secure(true)
                                    .maxAge(Duration.ofMinutes(1))
                                    .build())
                            .build();
                case DEFLATE ->
                    options.perMessageDeflate(DeflateOptions.defaults()).build();
            };
        }
    }

    static Stream<Arguments> same() {
        return Stream.of(
                row("handshake", Setting.DEFAULTS, "GET " + P),
                row("handshake of an old browser", Setting.DEFAULTS, "GET " + P + " | User-Agent: x;MSIE 10"),
                row("messages", Setting.DEFAULTS, "GET " + P, "POST " + S + " | 4a\u001e4€", "GET " + S),
                row("binary", Setting.DEFAULTS, "GET " + P, "POST " + S + " | bAQID", "GET " + S),
                row("last of two parameters", Setting.DEFAULTS, "GET EIO=3&EIO=4&transport=x&transport=polling"),
                row("no transport", Setting.DEFAULTS, "GET EIO=4"),
                row("unknown transport", Setting.DEFAULTS, "GET EIO=4&transport=tobi&sid=x"),
                row("unknown sid", Setting.DEFAULTS, "GET " + P + "&sid=gone", "POST " + P + "&sid=gone | 4a"),
                row("wrong method", Setting.DEFAULTS, "POST " + P + " | 4a", "PUT " + P, "OPTIONS " + P),
                row("wrong method, with sid", Setting.DEFAULTS, "GET " + P, "PUT " + S, "DELETE " + S, "OPTIONS " + S),
                row("websocket without upgrade", Setting.DEFAULTS, "GET " + W),
                row("no protocol", Setting.DEFAULTS, "GET transport=polling", "GET EIO=5&transport=polling"),
                row("protocol mismatch", Setting.DEFAULTS, "GET " + P, "GET EIO=3&transport=polling&sid=SID"),
                row("transport mismatch", Setting.DEFAULTS, "GET " + P, "GET " + W + "&sid=SID"),
                row("upgrade with unknown sid", Setting.DEFAULTS, "GET " + W + "&sid=gone" + UPGRADE),
                row("upgrade without transport", Setting.DEFAULTS, "GET EIO=4" + UPGRADE),
                row(
                        "upgrade of a mismatched protocol",
                        Setting.DEFAULTS,
                        "GET " + P,
                        "GET EIO=3&transport=websocket&sid=SID" + UPGRADE),
                row("binary POST", Setting.DEFAULTS, "GET " + P, octets("4a"), "GET " + S),
                row("body too large", Setting.DEFAULTS, "GET " + P, "POST " + S + " | 4" + "x".repeat(1_000_001)),
                row("bad packet", Setting.DEFAULTS, "GET " + P, "POST " + S + " | 4a\u001e9b\u001e4c", "GET " + S),
                row("bad base64's type", Setting.DEFAULTS, "GET " + P, "POST " + S + " | xAQID", "GET " + S),
                row("empty body", Setting.DEFAULTS, "GET " + P, "POST " + S + " | ", "GET " + S),
                row("ping of a client", Setting.DEFAULTS, "GET " + P, "POST " + S + " | 2", "GET " + S),
                row("close of a client", Setting.DEFAULTS, "GET " + P, "~GET " + S, "POST " + S + " | 1"),
                row("two polls", Setting.DEFAULTS, "GET " + P, "~GET " + S, "GET " + S),
                row("upgrade", Setting.DEFAULTS, "GET " + P, "WS " + W + "&sid=SID", ">2probe", "<", ">5", ">4a", "<"),
                row(
                        "poll after the upgrade",
                        Setting.DEFAULTS,
                        "GET " + P,
                        "WS " + W + "&sid=SID",
                        ">2probe",
                        "<",
                        ">5",
                        ">4a",
                        "<",
                        "GET " + S),
                row(
                        "noop of an upgrade",
                        Setting.DEFAULTS,
                        "GET " + P,
                        "~GET " + S,
                        "WS " + W + "&sid=SID",
                        ">2probe",
                        "<"),
                row("probe that is none", Setting.DEFAULTS, "GET " + P, "WS " + W + "&sid=SID", ">2other", "<"),
                row(
                        "second upgrade",
                        Setting.DEFAULTS,
                        "GET " + P,
                        "WS " + W + "&sid=SID",
                        "WS " + W + "&sid=SID",
                        "<"),
                row("websocket", Setting.DEFAULTS, "WS " + W, "<", ">4a€", "<"),
                row("websocket that pings", Setting.DEFAULTS, "WS " + W, "<", ">2", "<"),
                row("websocket with what is ignored", Setting.DEFAULTS, "WS " + W, "<", ">5", ">6", ">3", ">4a", "<"),
                row("websocket with a bad packet", Setting.DEFAULTS, "WS " + W, "<", ">x", "<"),
                row("websocket with an empty packet", Setting.DEFAULTS, "WS " + W, "<", ">", "<"),
                row("subprotocols", Setting.DEFAULTS, "WS " + W + " | Sec-WebSocket-Protocol: one, two", "<"),
                row("cookie", Setting.COOKIE, "GET " + P, "POST " + S + " | 4a", "GET " + S, "WS " + W),
                row("middleware", Setting.MIDDLEWARE, "GET " + P, "POST " + S + " | 4a", "GET " + P + "&sid=gone"),
                row("middleware of upgrades", Setting.MIDDLEWARE, "GET " + W + "&sid=gone" + UPGRADE),
                row(
                        "cors",
                        Setting.CORS,
                        "GET " + P + " | Origin: https://a.example",
                        "POST " + S + " | Origin: https://a.example | 4a",
                        "GET EIO=4 | Origin: https://a.example",
                        "OPTIONS " + P + " | Origin: https://a.example | Access-Control-Request-Headers: X-A, X-B",
                        "OPTIONS " + S,
                        "GET EIO=4 | Origin: https://a.example" + UPGRADE,
                        "WS " + W + " | Origin: https://a.example"),
                row("cors for all", Setting.ANY_ORIGIN, "GET " + P + " | Origin: https://b.example", "OPTIONS " + P),
                row("gzip", Setting.GREETING, "GET " + P, "GET " + S + " | Accept-Encoding: br, gzip"),
                row("deflate", Setting.GREETING, "GET " + P, "GET " + S + " | Accept-Encoding: gzip;q=0.1, deflate"),
                row("gzip refused", Setting.GREETING, "GET " + P, "GET " + S + " | Accept-Encoding: gzip;q=0"),
                row("any coding", Setting.GREETING, "GET " + P, "GET " + S + " | Accept-Encoding: *"),
                row("nothing to compress", Setting.DEFAULTS, "GET " + P + " | Accept-Encoding: gzip"),
                row(
                        "permessage-deflate",
                        Setting.DEFLATE,
                        "WS " + W + " | Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover",
                        "<"));
    }

    private static Arguments row(String name, Setting setting, String... steps) {
        return Arguments.of(name, setting, List.of(steps));
    }

    private static String octets(String body) {
        return "POST " + S + " | Content-Type: application/octet-stream | " + body;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("same")
    void givenTheSameRequests_whenSentToBoth_thenTheAnswersAreTheSame(
            String name, Setting setting, List<String> steps) {
        assertThat(playWithOurs(setting, steps)).as(name).isEqualTo(playWithNode(setting, steps));
    }

    static Stream<Arguments> different() {
        return Stream.of(
                decided(
                        "docs/adr/0001: refused before the 101, not after it",
                        "GET EIO=3&transport=websocket" + UPGRADE,
                        "101 ",
                        "400 [content-type=text/html] Unsupported protocol version"),
                decided(
                        "docs/adr/0001: polling with an Upgrade field is refused, not upgraded and closed",
                        "GET " + P + UPGRADE,
                        "101 ",
                        "400 [content-type=text/html] Bad request"),
                decided(
                        "docs/adr/0006: another origin is refused",
                        "GET " + P + " | Origin: https://b.example",
                        "200 ",
                        "403 [content-type=application/json] {\"code\":4,\"message\":\"Origin https://b.example is not"
                                + " allowed"));
    }

    private static Arguments decided(String name, String step, String ofNode, String ofOurs) {
        return Arguments.of(name, step, ofNode, ofOurs);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("different")
    void givenADecision_whenBothAreAsked_thenTheyDifferAsDecided(
            String name, String step, String ofNode, String ofOurs) {
        assertThat(playWithNode(Setting.DEFAULTS, List.of(step))).as(name).startsWith(ofNode);
        assertThat(playWithOurs(Setting.DEFAULTS, List.of(step))).as(name).startsWith(ofOurs);
    }

    private String playWithNode(Setting setting, List<String> steps) {
        int port = ((Number) node.call("listen", setting.ofNode())).intValue();
        try (Transcript transcript = new Transcript(port)) {
            return transcript.play(steps);
        }
    }

    private String playWithOurs(Setting setting, List<String> steps) {
        http = HttpServer.builder().host("127.0.0.1").port(0).eventLoops(1).build();
        EngineServer engine = EngineServer.attach(http, setting.ofOurs(), socket -> {
            if (setting == Setting.GREETING) {
                socket.send(text("x".repeat(2_000)));
            }
            return new Echo(socket);
        });
        if (setting == Setting.MIDDLEWARE) {
            engine.use(step -> {
                step.headers().set("X-Mine", "1").set("Content-Type", "text/x-mine");
                step.next();
            });
        }
        http.start();
        try (Transcript transcript = new Transcript(http.port())) {
            return transcript.play(steps);
        }
    }

    /** Sends back what it gets. */
    private record Echo(EngineSocket socket) implements EngineListener {

        @Override
        public void onText(String text) {
            socket.send(text(text));
        }

        @Override
        public void onBinary(ByteBuffer bytes) {
            socket.send(binary(bytes));
        }

        @Override
        public void onClose(DisconnectReason reason, String description) {}
    }
}

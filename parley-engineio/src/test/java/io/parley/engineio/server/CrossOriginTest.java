package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.websocket.HttpHeaders;
import io.parley.websocket.testing.InMemoryExchange;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same origin by default; feature table, section 1.1, row {@code cors}. */
class CrossOriginTest {

    private static final String POLLING = TestEngine.PATH + "&transport=polling";
    private static final String WEBSOCKET = TestEngine.PATH + "&transport=websocket";
    private static final String APP = "https://app.example";

    @ParameterizedTest
    @CsvSource({
        "http://chat.example, chat.example",
        "http://chat.example:3000, chat.example:3000",
        "http://CHAT.example, chat.Example",
        "https://chat.example, chat.example:443",
        "http://chat.example:80, chat.example",
        "https://chat.example, chat.example", // a proxy speaks TLS for us
        "http://[::1]:3000, [::1]:3000",
    })
    void givenTheServersOwnOrigin_whenRequested_thenItIsServed(String origin, String host) {
        TestEngine engine = new TestEngine();

        assertThat(engine.get(POLLING, "Origin", origin, "Host", host)
                        .response()
                        .status())
                .isEqualTo(200);
        assertThat(engine.upgrade(WEBSOCKET, "Origin", origin, "Host", host)
                        .webSocket()
                        .isOpen())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example, chat.example",
        "http://chat.example:3001, chat.example:3000",
        "http://chat.example.evil.example, chat.example",
        "http://evil.example/chat.example, chat.example",
        "http://chat.example:443, chat.example",
        "null, chat.example",
        "chat.example, chat.example",
    })
    void givenAnotherOrigin_whenRequested_thenItIsRefusedAndToldWhatToDo(String origin, String host) {
        TestEngine engine = new TestEngine();
        String message = "Origin " + origin + " is not allowed (expected: the server's own origin, or one of its cors"
                + " option); allow it with CorsOptions.origins(\"" + origin + "\")";

        InMemoryExchange poll = engine.get(POLLING, "Origin", origin, "Host", host);
        InMemoryExchange upgrade = engine.upgrade(WEBSOCKET, "Origin", origin, "Host", host);

        assertThat(poll.response().status()).isEqualTo(403);
        assertThat(poll.responseText()).isEqualTo("{\"code\":4,\"message\":\"" + message.replace("\"", "\\\"") + "\"}");
        assertThat(upgrade.response().status()).isEqualTo(403);
        assertThat(upgrade.responseText()).isEqualTo(message);
        assertThat(upgrade.response().headers().first("Content-Type")).contains("text/plain");
        assertThat(engine.errors.get(0).context()).containsEntry("name", "ORIGIN_NOT_ALLOWED");
        assertThat(engine.server.clientsCount()).isZero();
    }

    @Test
    void givenAForwardedHost_whenRequested_thenItIsNotTrusted() {
        TestEngine engine = new TestEngine();

        InMemoryExchange refused =
                engine.get(POLLING, "Origin", APP, "Host", "chat.example", "X-Forwarded-Host", "app.example");

        assertThat(refused.response().status()).isEqualTo(403);
    }

    @Test
    void givenASession_whenAnotherOriginUsesIt_thenItIsRefused() {
        TestEngine engine = new TestEngine();
        String sid = engine.connectPolling();

        InMemoryExchange refused = engine.get(POLLING + "&sid=" + sid, "Origin", APP);

        assertThat(refused.response().status()).isEqualTo(403);
    }

    @Test
    void givenNoCors_whenAnswered_thenNoCorsFieldIsSent() {
        TestEngine engine = new TestEngine();

        assertThat(engine.get(POLLING, "Origin", "http://localhost").response().headers())
                .hasToString("Content-Type: text/plain; charset=UTF-8\ncache-control: no-store\n");
    }

    @Test
    void givenAnyOrigin_whenRequested_thenAllAreServed() {
        TestEngine engine = engine(CorsOptions.anyOrigin());

        assertThat(corsOf(engine.get(POLLING, "Origin", APP))).isEqualTo("Access-Control-Allow-Origin: *\n");
        assertThat(engine.upgrade(WEBSOCKET, "Origin", "null").webSocket().isOpen())
                .isTrue();
    }

    @Test
    void givenOneOrigin_whenRequested_thenEveryAnswerNamesItAndOthersAreRefused() {
        TestEngine engine = engine(CorsOptions.builder().origin(APP).build());
        String fields = "Access-Control-Allow-Origin: " + APP + "\nVary: Origin\n";

        assertThat(corsOf(engine.get(POLLING, "Origin", APP))).isEqualTo(fields);
        assertThat(engine.get(POLLING, "Origin", "https://other.example")
                        .response()
                        .status())
                .isEqualTo(403);
        assertThat(engine.upgrade(WEBSOCKET, "Origin", "https://other.example")
                        .response()
                        .status())
                .isEqualTo(403);
    }

    @Test
    void givenSeveralOrigins_whenRequested_thenTheAnswerNamesTheRequestsOwn() {
        TestEngine engine = engine(CorsOptions.origins(APP, "https://www.example"));

        assertThat(corsOf(engine.get(POLLING, "Origin", "https://www.example")))
                .isEqualTo("Access-Control-Allow-Origin: https://www.example\nVary: Origin\n");
        InMemoryExchange refused = engine.get(POLLING, "Origin", "https://other.example");
        assertThat(refused.response().status()).isEqualTo(403);
        assertThat(corsOf(refused)).isEqualTo("Vary: Origin\n");
    }

    @Test
    void givenCors_whenTheServersOwnOriginComes_thenItIsServedToo() {
        TestEngine engine = engine(CorsOptions.origins(APP));

        assertThat(engine.get(POLLING, "Origin", "http://localhost").response().status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example", "https://b.example"})
    void givenAPattern_whenRequested_thenItDecides(String origin) {
        TestEngine engine = engine(CorsOptions.builder()
                .originPattern(Pattern.compile("^https://[ab]\\.example$"))
                .build());

        assertThat(engine.get(POLLING, "Origin", origin).response().status()).isEqualTo(200);
        assertThat(engine.get(POLLING, "Origin", origin + ".evil").response().status())
                .isEqualTo(403);
    }

    @Test
    void givenAPredicate_whenRequested_thenItDecides() {
        TestEngine engine = engine(CorsOptions.builder()
                .originsMatching(origin -> origin.endsWith(".example"))
                .credentials(true)
                .exposedHeaders("X-One", "X-Two")
                .build());

        assertThat(corsOf(engine.get(POLLING, "Origin", APP)))
                .isEqualTo("Access-Control-Allow-Origin: " + APP + "\nAccess-Control-Allow-Credentials: true\n"
                        + "Access-Control-Expose-Headers: X-One,X-Two\nVary: Origin\n");
    }

    @Test
    void givenCors_whenRefusedOrUpgraded_thenTheFieldsStandThereToo() {
        TestEngine engine = engine(CorsOptions.anyOrigin());

        assertThat(corsOf(engine.get(POLLING + "&sid=gone", "Origin", APP)))
                .isEqualTo("Access-Control-Allow-Origin: *\n");
        assertThat(engine.upgrade(WEBSOCKET, "Origin", APP)
                        .webSocket()
                        .options()
                        .headers())
                .hasToString("Access-Control-Allow-Origin: *\n");
    }

    @Test
    void givenAPreflight_whenRequested_thenItIsAnsweredAsByTheOfficialServer() {
        TestEngine engine = engine(CorsOptions.origins(APP));

        InMemoryExchange answered = preflight(engine, "X-Token");

        assertThat(answered.response().status()).isEqualTo(204);
        assertThat(answered.responseText()).isEmpty();
        assertThat(answered.response().headers())
                .hasToString("Access-Control-Allow-Origin: " + APP + "\n"
                        + "Access-Control-Allow-Methods: GET,HEAD,PUT,PATCH,POST,DELETE\n"
                        + "Access-Control-Allow-Headers: X-Token\n"
                        + "Vary: Origin, Access-Control-Request-Headers\n");
    }

    @Test
    void givenEveryOption_whenPreflighted_thenTheAnswerSaysAll() {
        TestEngine engine = engine(CorsOptions.builder()
                .origin(APP)
                .methods("GET", "POST")
                .allowedHeaders("X-One", "X-Two")
                .exposedHeaders("X-Three")
                .credentials(true)
                .maxAge(Duration.ofMinutes(10))
                .optionsSuccessStatus(200)
                .build());

        InMemoryExchange answered = preflight(engine, "X-Other");

        assertThat(answered.response().status()).isEqualTo(200);
        assertThat(answered.response().headers())
                .hasToString("Access-Control-Allow-Origin: " + APP + "\n"
                        + "Access-Control-Allow-Credentials: true\n"
                        + "Access-Control-Allow-Methods: GET,POST\n"
                        + "Access-Control-Allow-Headers: X-One,X-Two\n"
                        + "Access-Control-Max-Age: 600\n"
                        + "Access-Control-Expose-Headers: X-Three\n"
                        + "Vary: Origin\n");
    }

    @Test
    void givenPreflightContinue_whenPreflighted_thenItIsARequestLikeAnyOther() {
        TestEngine engine =
                engine(CorsOptions.builder().anyOrigin().preflightContinue(true).build());

        assertThat(preflight(engine, "X-Token").responseText())
                .isEqualTo("{\"code\":2,\"message\":\"Bad handshake method\"}");
    }

    private static InMemoryExchange preflight(TestEngine engine, String requestHeaders) {
        return engine.serve(InMemoryExchange.request(
                engine.loop, "OPTIONS", POLLING, "Origin", APP, "Access-Control-Request-Headers", requestHeaders));
    }

    private static TestEngine engine(CorsOptions cors) {
        return new TestEngine(EngineOptions.builder().cors(cors).build());
    }

    private static String corsOf(InMemoryExchange exchange) {
        StringBuilder fields = new StringBuilder();
        HttpHeaders headers = exchange.response().headers();
        headers.forEach((name, value) -> {
            if (name.startsWith("Access-Control-") || name.equals("Vary")) {
                fields.append(name).append(": ").append(value).append('\n');
            }
        });
        return fields.toString();
    }
}

package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.engineio.server.CookieOptions.Priority;
import io.parley.engineio.server.CookieOptions.SameSite;
import io.parley.websocket.testing.InMemoryExchange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Feature table, sections 1.1 ({@code cookie}) and 1.2 ({@code initial_headers}, {@code headers}). */
class AnswerHeadersTest {

    private static final String POLLING = TestEngine.PATH + "&transport=polling";

    @Test
    void givenACookie_whenASessionPolls_thenOnlyTheHandshakesAnswerSetsIt() {
        TestEngine engine = new TestEngine(
                EngineOptions.builder().cookie(CookieOptions.defaults()).build());

        InMemoryExchange handshake = engine.get(POLLING);
        String sid = engine.socket.id();
        InMemoryExchange poll = engine.poll(sid);
        engine.send("x");
        InMemoryExchange post = engine.push(sid, "4y");
        InMemoryExchange webSocket = engine.upgrade(TestEngine.PATH + "&transport=websocket");

        assertThat(cookies(handshake)).containsExactly("io=" + sid + "; Path=/; HttpOnly; SameSite=Lax");
        assertThat(cookies(poll)).isEmpty();
        assertThat(cookies(post)).isEmpty();
        assertThat(webSocket.webSocket().options().headers().contains("Set-Cookie"))
                .isFalse();
    }

    @Test
    void givenEveryAttribute_whenTheCookieIsSet_thenItHasThemInTheOfficialOrder() {
        CookieOptions all = CookieOptions.builder()
                .name("sticky")
                .path("/chat")
                .domain("example.org")
                .httpOnly(false)
                .secure(true)
                .partitioned(true)
                .priority(Priority.HIGH)
                .sameSite(SameSite.NONE)
                .maxAge(Duration.ofDays(1))
                .expires(Instant.parse("2030-01-02T03:04:05Z"))
                .encode(value -> "x" + value)
                .build();

        assertThat(all.setCookie("id"))
                .isEqualTo("sticky=xid; Max-Age=86400; Domain=example.org; Path=/chat;"
                        + " Expires=Wed, 02 Jan 2030 03:04:05 GMT; Secure; Partitioned; Priority=High; SameSite=None");
        assertThat(CookieOptions.defaults().setCookie("a b+c")).startsWith("io=a%20b%2Bc; ");
    }

    @Test
    void givenBadAttributes_whenSet_thenTheyAreRefused() {
        assertThatThrownBy(() -> CookieOptions.builder().name("a b"))
                .hasMessage("name: 'a b' (expected: a token, for example io)");
        assertThatThrownBy(() -> CookieOptions.builder().path("/; Secure"))
                .hasMessage("path: '/; Secure' (expected: no semicolon, no control character)");
        assertThatThrownBy(() -> CookieOptions.builder().domain("a\r\nb")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenListeners_whenASessionPolls_thenInitialIsToldOfTheFirstAnswerAndHeadersOfAll() {
        TestEngine engine = new TestEngine();
        List<String> told = new ArrayList<>();
        engine.server.onInitialHeaders((headers, request) -> {
            told.add("initial " + request.method());
            headers.set("X-First", "1").add("Set-Cookie", "a=1").add("Set-Cookie", "b=2");
        });
        engine.server.onHeaders((headers, request) -> {
            told.add("headers " + request.method() + " "
                    + headers.get("content-type").orElse(""));
            headers.set("Cache-Control", "private").remove("X-First");
        });

        InMemoryExchange handshake = engine.get(POLLING);
        String sid = engine.socket.id();
        InMemoryExchange post = engine.push(sid, "4y");
        engine.get(POLLING + "&sid=gone");

        assertThat(told)
                .containsExactly("initial GET", "headers GET text/plain; charset=UTF-8", "headers POST text/html");
        assertThat(cookies(handshake)).containsExactly("a=1", "b=2");
        assertThat(handshake.response().headers().contains("X-First")).isFalse();
        assertThat(handshake.response().headers().all("cache-control")).containsExactly("private");
        assertThat(post.response().headers().all("cache-control")).containsExactly("private");
    }

    @Test
    void givenListeners_whenWebSocketsOpen_thenTheirAnswersAreToldOfAndChanged() {
        TestEngine engine = new TestEngine();
        engine.server.onInitialHeaders((headers, request) -> headers.set("X-First", "1"));
        engine.server.onHeaders((headers, request) -> headers.set("X-Each", "1"));

        InMemoryExchange direct = engine.upgrade(TestEngine.PATH + "&transport=websocket");
        String sid = engine.connectPolling();
        InMemoryExchange probe = engine.upgrade(TestEngine.PATH + "&transport=websocket&sid=" + sid);

        assertThat(direct.webSocket().options().headers().toString()).isEqualTo("X-First: 1\nX-Each: 1\n");
        assertThat(probe.webSocket().options().headers().toString()).isEqualTo("X-Each: 1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "a b", ""})
    void givenAListenerThatSetsWhatItMayNot_whenAnswered_thenTheAnswerComesAllTheSame(String name) {
        TestEngine engine = new TestEngine();
        engine.server.onHeaders((headers, request) -> headers.set("X-Kept", "1").set(name, "1"));

        InMemoryExchange handshake = engine.get(POLLING);

        assertThat(handshake.response().status()).isEqualTo(200);
        assertThat(handshake.response().headers().contains("X-Kept")).isTrue();
    }

    @Test
    void givenALineBreakInAValue_whenSet_thenItIsRefused() {
        TestEngine engine = new TestEngine();
        List<String> thrown = new ArrayList<>();
        engine.server.onHeaders((headers, request) -> {
            try {
                headers.add("X-Split", "a\r\nSet-Cookie: b");
            } catch (IllegalArgumentException expected) { // written down
                thrown.add(expected.getMessage());
            }
        });

        engine.get(POLLING);

        assertThat(thrown)
                .containsExactly(
                        "Header field X-Split: its value has control characters (expected: one line of Latin-1)");
    }

    private static List<String> cookies(InMemoryExchange exchange) {
        return exchange.response().headers().all("Set-Cookie");
    }
}

package io.parley.websocket.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects, cookies, and servers that ask for a password. */
class RedirectTest {

    private final Recorder recorder = new Recorder();
    private final ScriptedServer server =
            ScriptedServer.start(peer -> peer.shakeHands().sendText("Hello").close());

    @AfterEach
    void close() {
        server.close();
    }

    private static ScriptedServer redirecting(int status, String location) {
        return ScriptedServer.start(peer -> {
            peer.readHead();
            peer.sendHead("HTTP/1.1 " + status + " Elsewhere|Location: " + location + "|Set-Cookie: from=redirect")
                    .hangUp();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void givenARedirect_whenAllowed_thenItIsFollowed(int status) {
        try (ScriptedServer first = redirecting(status, "http://127.0.0.1:" + server.port() + "/there?x")) {
            recorder.runToEnd(WebSocket.builder(first.url()).maxRedirects(1));

            assertThat(recorder.events()).containsExactly("open", "Hello", "close 1005 '' clean");
            assertThat(server.requests().get(0)).startsWith("GET /there?x HTTP/1.1\r\n");
        }
    }

    @Test
    void givenASecretInAHeader_whenRedirectedToAnotherServer_thenItIsNotSentThere() {
        try (ScriptedServer first = redirecting(302, server.url())) {
            recorder.runToEnd(WebSocket.builder(first.url().replace("//", "//ann:secret@"))
                    .maxRedirects(1)
                    .header("Authorization", "Bearer secret")
                    .header("Cookie", "id=secret")
                    .header("X-Harmless", "1"));

            assertThat(first.requests().get(0)).contains("Bearer secret", "id=secret");
            assertThat(server.requests().get(0)).doesNotContain("secret").contains("X-Harmless: 1");
        }
    }

    @Test
    void givenARedirectOnTheSameServer_whenFollowed_thenTheHeadersGoAlong() {
        try (ScriptedServer both = ScriptedServer.start(peer -> {
            if (peer.readHead().startsWith("GET / ")) {
                peer.sendHead("HTTP/1.1 307 Elsewhere|Location: there").hangUp();
            } else {
                peer.sendHead("HTTP/1.1 101 OK|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: {accept}")
                        .close();
            }
        })) {
            recorder.runToEnd(WebSocket.builder(both.url()).maxRedirects(1).header("Authorization", "Bearer secret"));

            assertThat(recorder.events()).containsExactly("open", "close 1005 '' clean");
            assertThat(both.requests().get(1)).startsWith("GET /there ").contains("Bearer secret");
        }
    }

    @Test
    void givenRedirectsInACircle_whenFollowed_thenTheyEndAtTheLimit() {
        try (ScriptedServer circle = redirecting(302, "/")) {
            recorder.runToEnd(WebSocket.builder(circle.url()).maxRedirects(3));

            assertThat(circle.requests()).hasSize(4);
            assertThat(recorder.events()).containsExactly("error", "close 1006 '' unclean");
            assertThat(recorder.cause())
                    .hasMessage("Handshake: HTTP/1.1 302 Elsewhere to / (expected: at most 3 redirects)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://chat.example/", "ws://", "http://a b/"})
    void givenARedirectToNoWebSocket_whenFollowed_thenItFails(String location) {
        try (ScriptedServer first = redirecting(302, location)) {
            recorder.runToEnd(WebSocket.builder(first.url()).maxRedirects(3));

            assertThat(recorder.cause())
                    .hasMessage(
                            "Handshake: HTTP/1.1 302 Elsewhere to " + location + " (expected: a URL of a WebSocket)");
        }
    }

    @Test
    void givenACookieHandler_whenConnecting_thenItsCookiesAreSentAndThoseOfEveryAnswerKept() {
        CookieManager cookies = new CookieManager();
        HttpCookie known = new HttpCookie("known", "1");
        known.setPath("/");
        known.setVersion(0);
        cookies.getCookieStore().add(URI.create("http://127.0.0.1/"), known);
        try (ScriptedServer first = redirecting(302, server.url() + "%zz")) {
            recorder.runToEnd(WebSocket.builder(first.url()).maxRedirects(1).cookies(cookies));

            assertThat(first.requests().get(0)).contains("\r\nCookie: known=1\r\n");
            assertThat(server.requests().get(0)).contains("\r\nCookie: known=1; from=redirect\r\n");
            assertThat(cookies.getCookieStore().getCookies())
                    .extracting(HttpCookie::getName)
                    .containsExactlyInAnyOrder("known", "from");
        }
    }

    @Test
    void givenCredentialsInTheUrl_whenTheServerAsks_thenTheyAreSent() {
        try (ScriptedServer asking = ScriptedServer.start(peer -> {
            peer.readHead();
            if (peer.field("Authorization").isEmpty()) {
                peer.sendHead("HTTP/1.1 401 Who|WWW-Authenticate: Basic realm=x")
                        .hangUp();
            } else {
                peer.sendHead("HTTP/1.1 101 OK|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: {accept}")
                        .close();
            }
        })) {
            recorder.runToEnd(WebSocket.builder("ws://ann:s%3A@127.0.0.1:" + asking.port()));

            assertThat(recorder.events()).containsExactly("open", "close 1005 '' clean");
            assertThat(asking.requests().get(0)).doesNotContain("Authorization");
            assertThat(asking.requests().get(1)).contains("\r\nAuthorization: Basic YW5uOnM6\r\n");
        }
    }

    @Test
    void givenWrongCredentialsInTheUrl_whenTheServerAsksAgain_thenItFails() {
        try (ScriptedServer asking = ScriptedServer.start(peer -> {
            peer.readHead();
            peer.sendHead("HTTP/1.1 401 Who|WWW-Authenticate: Basic realm=x").hangUp();
        })) {
            recorder.runToEnd(WebSocket.builder("ws://ann:x@127.0.0.1:" + asking.port()));

            assertThat(asking.requests()).hasSize(2);
            assertThat(recorder.cause()).hasMessage("Handshake: HTTP/1.1 401 Who (expected: HTTP/1.1 101)");
        }
    }
}

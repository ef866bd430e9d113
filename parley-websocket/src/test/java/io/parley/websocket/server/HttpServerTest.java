package io.parley.websocket.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.Deadline;
import io.parley.testkit.RawPeer;
import io.parley.websocket.HttpHeaders;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and answers of a good client: routes, bodies, keep-alive. */
class HttpServerTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    private void start(UnaryOperator<HttpServer.Builder> options) {
        server = options.apply(HttpServer.builder().eventLoops(1)).build();
        server.start();
    }

    private java.net.http.HttpResponse<String> send(String method, String target, String body) throws Exception {
        java.net.http.HttpRequest request = java.net.http.HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + target))
                .method(method, BodyPublishers.ofString(body))
                .timeout(Deadline.LIMIT)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private java.net.http.HttpResponse<String> get(String target) throws Exception {
        return send("GET", target, "");
    }

    /** Lines as they are sent, with an empty one at the end. */
    static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    private static HttpHandler text(String text) {
        return exchange -> exchange.respond(HttpResponse.text(200, text));
    }

    private static HttpHandler echo(int maxBytes) {
        return exchange -> exchange.readBody(maxBytes, new HttpExchange.BodyReader() {
            @Override
            public void onBody(ByteBuffer body) {
                exchange.respond(new HttpResponse(200, HttpHeaders.empty(), body));
            }

            @Override
            public void onTooLarge() {
                exchange.respond(HttpResponse.text(413, "At most " + maxBytes + " bytes"));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAHandler_whenRequested_thenAnswersOnEitherTransport(boolean nativeTransport) throws Exception {
        start(options -> options.nativeTransport(nativeTransport));
        server.handle("GET", "/health", text("fine"));

        java.net.http.HttpResponse<String> answer = get("/health?verbose=1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("fine");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; charset=UTF-8");
        assertThat(answer.headers().firstValue("Date").flatMap(HttpDate::parse)).isPresent();
    }

    @Test
    void givenAnAnswer_whenWritten_thenItsBytesAreExact() {
        start(options -> options);
        server.mount(
                "/", exchange -> exchange.respond(HttpResponse.text(200, "hi").with("X-One", "1")));

        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(peer.readResponse().replaceFirst("Date: [^\r]*", "Date: now"))
                    .isEqualTo("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=UTF-8\r\nX-One: 1\r\n"
                            + "Date: now\r\nContent-Length: 2\r\n\r\nhi");
        }
    }

    @Test
    void givenHandlerThreads_whenAHandlerRuns_thenItMayBlock() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        start(options -> options);
        server.handle("GET", "/", exchange -> {
            thread.set(Thread.currentThread());
            exchange.respond(HttpResponse.of(204));
        });

        assertThat(get("/").statusCode()).isEqualTo(204);

        assertThat(thread.get().getName()).startsWith("parley-handler-");
    }

    @Test
    void givenMountedPrefixes_whenRequested_thenTheLongestWins() throws Exception {
        start(options -> options);
        server.mount("/a", text("short")).mount("/a/b/", text("long")).handle("GET", "/a/b/c", text("exact"));

        assertThat(get("/a/b/c").body()).isEqualTo("long");
        assertThat(get("/a/b").body()).isEqualTo("short");
        assertThat(get("/a?b").body()).isEqualTo("short");
        assertThat(get("/b").statusCode()).isEqualTo(404);
    }

    @Test
    void givenAGetHandler_whenAskedWithOtherMethods_thenSaysWhatIsAllowed() throws Exception {
        start(options -> options);
        server.handle("GET", "/x", text("got")).handle("POST", "/x", text("posted"));

        assertThat(send("POST", "/x", "").body()).isEqualTo("posted");
        java.net.http.HttpResponse<String> head = send("HEAD", "/x", "");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).hasValue("3");
        java.net.http.HttpResponse<String> options = send("OPTIONS", "/x", "");
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS, POST");
        java.net.http.HttpResponse<String> delete = send("DELETE", "/x", "");
        assertThat(delete.statusCode()).isEqualTo(405);
        assertThat(delete.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS, POST");
        assertThat(delete.body()).isEqualTo("Method DELETE (expected: GET, HEAD, OPTIONS, POST)\n");
    }

    @Test
    void givenNothingThere_whenRequested_then404() throws Exception {
        start(options -> options);

        java.net.http.HttpResponse<String> answer = get("/nowhere");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("Nothing is served at this path\n");
    }

    @Test
    void givenAThrowingHandler_whenRequested_then500AndTheConnectionGoesOn() {
        start(options -> options);
        server.handle("GET", "/fails", exchange -> {
            throw new IllegalStateException("on purpose, for a test");
        });
        server.mount("/fails-too", exchange -> {
            throw new AssertionError("on purpose, for a test");
        });
        server.handle("GET", "/works", text("still here"));

        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send("GET /fails HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(peer.readResponse())
                    .startsWith("HTTP/1.1 500 ")
                    .endsWith("The server failed to answer this request\n");
            peer.send("GET /fails-too HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(peer.readResponse()).startsWith("HTTP/1.1 500 ");
            peer.send("GET /works HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(peer.readResponse()).endsWith("still here");
        }
    }

    @Test
    void givenAnAnswer_whenAnsweredAgain_thenFailsForTheHandler() throws Exception {
        CompletableFuture<Throwable> second = new CompletableFuture<>();
        start(options -> options);
        server.handle("GET", "/twice", exchange -> {
            exchange.respond(HttpResponse.text(200, "first"));
            try {
                exchange.respond(HttpResponse.text(200, "second"));
            } catch (IllegalStateException expected) {
                second.complete(expected);
            }
        });

        assertThat(get("/twice").body()).isEqualTo("first");

        assertThat(Deadline.get(second)).hasMessage("GET /twice was answered before (expected: one answer)");
    }

    @Test
    void givenAHeaderWithALineBreak_whenAnswered_thenIsRefused() throws Exception {
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        start(options -> options);
        server.handle("GET", "/", exchange -> {
            try {
                exchange.respond(HttpResponse.of(200).with("X", "a\r\nSet-Cookie: stolen=1"));
            } catch (IllegalArgumentException expected) {
                refused.complete(expected);
                exchange.respond(HttpResponse.of(204));
            }
        });

        assertThat(get("/").statusCode()).isEqualTo(204);

        assertThat(Deadline.get(refused))
                .hasMessage("Header field X: 'a??Set-Cookie: stolen=1'"
                        + " (expected: one line of Latin-1 without control characters)");
    }

    @Test
    void givenALargeBody_whenEchoed_thenArrivesWhole() throws Exception {
        byte[] large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        start(options -> options);
        server.handle("POST", "/echo", echo(large.length));

        for (boolean chunked : new boolean[] {false, true}) {
            java.net.http.HttpRequest request = java.net.http.HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.port() + "/echo"))
                    .POST(
                            chunked
                                    ? BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large))
                                    : BodyPublishers.ofByteArray(large))
                    .timeout(Deadline.LIMIT)
                    .build();
            assertThat(client.send(request, BodyHandlers.ofByteArray()).body()).isEqualTo(large);
        }
    }

    @Test
    void givenNoBody_whenItIsRead_thenIsEmptyAtOnce() throws Exception {
        start(options -> options);
        server.mount("/echo", echo(10));

        assertThat(get("/echo").statusCode()).isEqualTo(200);
        assertThat(get("/echo").body()).isEmpty();
    }

    @Test
    void givenABodyAboveTheLimit_whenRead_then413AndTheConnectionGoesOn() {
        start(options -> options);
        server.handle("POST", "/echo", echo(4));

        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n12345");
            assertThat(peer.readResponse()).startsWith("HTTP/1.1 413 ").endsWith("At most 4 bytes");
            peer.send(
                    "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n123\r\n2\r\n45\r\n0\r\n\r\n");
            assertThat(peer.readResponse()).startsWith("HTTP/1.1 413 ");
            peer.send(
                    "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\n123\r\n1\r\n4\r\n0\r\nX: y\r\n\r\n");
            assertThat(peer.readResponse()).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n1234");
        }
    }

    @Test
    void givenAHugeBodyNobodyWants_whenAnswered_thenTheConnectionIsClosedAndTheAnswerArrives() {
        start(options -> options.maxSkippedBodyBytes(1000));
        server.handle("POST", "/echo", echo(10));

        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
            peer.trySend(new byte[500_000]);
            String answer = peer.readToEnd();
            assertThat(answer)
                    .startsWith("HTTP/1.1 413 ")
                    .contains("Connection: close")
                    .endsWith("At most 10 bytes");
        }
    }

    @Test
    void givenABodyNobodyReads_whenAnswered_thenIsSkipped() {
        start(options -> options);
        server.handle("POST", "/", text("answered"));
        String post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n";

        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(post);
            assertThat(peer.readResponse()).endsWith("answered");
            peer.send("12345" + post + "12345" + post);
            assertThat(peer.readResponse()).endsWith("answered");
            assertThat(peer.readResponse()).endsWith("answered");
        }
    }

    @Test
    void givenExpectContinue_whenTheBodyIsRead_thenTheClientIsToldToSendIt() {
        start(options -> options);
        server.handle("POST", "/echo", echo(10));

        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertThat(peer.readUntil("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            peer.send("abc");
            assertThat(peer.readResponse()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("abc");
        }
    }

    @Test
    void givenExpectContinueAndATooLargeBody_whenRefused_thenNothingIsSent() {
        start(options -> options);
        server.handle("POST", "/echo", echo(10));

        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n");
            assertThat(peer.readToEnd()).startsWith("HTTP/1.1 413 ").contains("Connection: close");
        }
    }

    @Test
    void givenConnectionClose_whenAnswered_thenCloses() {
        start(options -> options);
        server.handle("GET", "/", text("bye"));

        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n");
            assertThat(peer.readToEnd()).contains("Connection: close\r\n").endsWith("bye");
        }
    }

    @Test
    void givenHttp10_whenAnswered_thenClosesUnlessAskedToKeepAlive() {
        start(options -> options);
        server.handle("GET", "/", text("bye"));

        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(peer.readResponse())
                    .contains("Connection: keep-alive\r\n")
                    .endsWith("bye");
            peer.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(peer.readToEnd()).contains("Connection: close\r\n").endsWith("bye");
        }
    }

    @Test
    void givenARequestByteByByte_whenRead_thenIsUnderstood() {
        start(options -> options);
        server.handle("POST", "/echo", echo(100));

        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.sendSlowly("\r\n"
                    + head("POST /echo HTTP/1.1", "Host: a", "X:\t y ", "Transfer-Encoding: chunked")
                    + head("a", "0123456789", "0"));
            assertThat(peer.readResponse()).endsWith("0123456789");
        }
    }

    @Test
    void givenAnAbsoluteTarget_whenRouted_thenItsAuthorityIsTheHost() throws Exception {
        start(options -> options);
        server.mount(
                "/",
                exchange -> exchange.respond(HttpResponse.text(
                        200,
                        exchange.request().target() + " "
                                + exchange.request().headers().all("Host"))));

        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send("GET HTTP://other.example?q=1 HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(peer.readResponse()).endsWith("\r\n\r\n/?q=1 [other.example]");
        }
    }

    @Test
    void givenOptionsForTheServer_whenAsked_then204() {
        start(options -> options);

        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(peer.readResponse())
                    .startsWith("HTTP/1.1 204 No Content\r\n")
                    .doesNotContain("Content-Length");
        }
    }

    @Test
    void givenARoute_whenAddedAgain_thenFails() {
        HttpServer unstarted = HttpServer.builder().build();
        unstarted.handle("GET", "/x", text("")).mount("/y/", text(""));

        assertThatThrownBy(() -> unstarted.handle("GET", "/x", text("")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("GET /x is handled already (expected: one handler a method and path)");
        assertThatThrownBy(() -> unstarted.mount("/y/", text("")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("/y/ is mounted already (expected: one handler a prefix)");
        assertThatThrownBy(() -> unstarted.handle("G T", "/x", text("")))
                .hasMessage("method: 'G T' (expected: a token, for example GET)");
        assertThatThrownBy(() -> unstarted.mount("y", text("")))
                .hasMessage("path: 'y' (expected: begins with a slash, without a query)");
    }

    @Test
    void givenAnOptionOutOfRange_whenSet_thenFails() {
        HttpServer.Builder builder = HttpServer.builder();

        assertThatThrownBy(() -> builder.port(65_536)).hasMessage("port: 65536 (expected: 0 to 65535)");
        assertThatThrownBy(() -> builder.maxConnections(0)).hasMessage("maxConnections: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> builder.idleTimeout(java.time.Duration.ZERO))
                .hasMessage("idleTimeout: PT0S (expected: 1 ms or more)");
    }

    @Test
    void givenABody_whenTheTextIsNotAscii_thenItsBytesAreCounted() throws Exception {
        start(options -> options);
        server.handle("POST", "/echo", echo(100));

        assertThat(send("POST", "/echo", "größe").body()).isEqualTo(new String("größe".getBytes(UTF_8), UTF_8));
    }
}

package io.parley.websocket.server;

import static io.parley.websocket.server.HttpServerTest.head;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import io.parley.testkit.RawPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several requests on one connection before the first is answered, and peers that go away. */
class HttpPipeliningTest {

    private final BlockingQueue<HttpExchange> slow = new LinkedBlockingQueue<>();
    private HttpServer server;

    @BeforeEach
    void start() {
        server = HttpServer.builder()
                .eventLoops(1)
                .maxPipelinedRequests(3)
                .closeTimeout(Duration.ofMillis(100))
                .build();
        server.mount("/slow", slow::add);
        server.mount("/fast", exchange -> exchange.respond(HttpResponse.text(200, "fast")));
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpExchange nextSlow() throws InterruptedException {
        HttpExchange exchange = slow.poll(Deadline.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(exchange).as("a request for /slow").isNotNull();
        return exchange;
    }

    private static String get(String target) {
        return head("GET " + target + " HTTP/1.1", "Host: a");
    }

    @Test
    void givenSlowHandlers_whenAnsweredInReverse_thenAnswersLeaveInOrder() throws Exception {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(get("/slow?1") + get("/slow?2") + get("/fast"));
            HttpExchange first = nextSlow();
            HttpExchange second = nextSlow();

            second.respond(HttpResponse.text(200, "second"));
            first.respond(HttpResponse.text(200, "first"));

            assertThat(peer.readResponse()).endsWith("first");
            assertThat(peer.readResponse()).endsWith("second");
            assertThat(peer.readResponse()).endsWith("fast");
        }
    }

    @Test
    void givenMoreRequestsThanTheLimit_whenSent_thenTheRestWaits() throws Exception {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(get("/slow").repeat(5));
            List<HttpExchange> begun = List.of(nextSlow(), nextSlow(), nextSlow());
            assertThat(slow).isEmpty();

            begun.get(0).respond(HttpResponse.text(200, "1"));

            assertThat(peer.readResponse()).endsWith("1");
            HttpExchange fourth = nextSlow();
            begun.get(1).respond(HttpResponse.text(200, "2"));
            begun.get(2).respond(HttpResponse.text(200, "3"));
            fourth.respond(HttpResponse.text(200, "4"));
            nextSlow().respond(HttpResponse.text(200, "5"));
            for (String number : List.of("2", "3", "4", "5")) {
                assertThat(peer.readResponse()).endsWith(number);
            }
        }
    }

    @Test
    void givenAPost_whenAnotherRequestFollows_thenItWaitsForTheAnswer() throws Exception {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(get("/slow") + head("POST /slow HTTP/1.1", "Host: a", "Content-Length: 1") + "x" + get("/slow"));
            HttpExchange first = nextSlow();
            HttpExchange post = nextSlow();
            assertThat(post.request().method()).isEqualTo("POST");
            CompletableFuture<ByteBuffer> body = readBody(post);
            assertThat(Deadline.get(body).remaining()).isEqualTo(1);
            first.respond(HttpResponse.text(200, "first"));
            assertThat(peer.readResponse()).endsWith("first");
            assertThat(slow).isEmpty();

            post.respond(HttpResponse.text(200, "posted"));

            assertThat(peer.readResponse()).endsWith("posted");
            nextSlow().respond(HttpResponse.text(200, "last"));
            assertThat(peer.readResponse()).endsWith("last");
        }
    }

    private static CompletableFuture<ByteBuffer> readBody(HttpExchange exchange) {
        CompletableFuture<ByteBuffer> body = new CompletableFuture<>();
        exchange.readBody(100, new HttpExchange.BodyReader() {
            @Override
            public void onBody(ByteBuffer bytes) {
                body.complete(bytes);
            }

            @Override
            public void onTooLarge() {
                body.completeExceptionally(new AssertionError("too large"));
            }
        });
        return body;
    }

    @Test
    void givenAnUnreadBody_whenTheHandlerTakesItsTime_thenItWaitsForIt() throws Exception {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(head("POST /slow HTTP/1.1", "Host: a", "Content-Length: 60"));
            HttpExchange post = nextSlow();
            peer.send("x".repeat(60) + get("/fast"));

            assertThat(Deadline.get(readBody(post)).remaining()).isEqualTo(60);
            post.respond(HttpResponse.text(200, "read"));

            assertThat(peer.readResponse()).endsWith("read");
            assertThat(peer.readResponse()).endsWith("fast");
        }
    }

    @Test
    void givenABrokenRequest_whenEarlierOnesAreUnanswered_thenTheirAnswersComeFirst() throws Exception {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(get("/slow") + "nonsense\r\n\r\n");
            nextSlow().respond(HttpResponse.text(200, "first"));

            assertThat(peer.readResponse()).endsWith("first");
            assertThat(peer.readToEnd()).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void givenABrokenBody_whenItIsRead_thenTheExchangeIsAborted() throws Exception {
        CompletableFuture<Void> aborted = new CompletableFuture<>();
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(head("POST /slow HTTP/1.1", "Host: a", "Transfer-Encoding: chunked") + "z\r\n");
            HttpExchange post = nextSlow();
            post.onAbort(() -> aborted.complete(null));
            CompletableFuture<ByteBuffer> body = readBody(post);

            assertThat(peer.readToEnd()).startsWith("HTTP/1.1 400 ");
            Deadline.get(aborted);
            assertThat(body).isNotDone();
            post.respond(HttpResponse.text(200, "dropped without a word"));
        }
    }

    @Test
    void givenPendingRequests_whenThePeerGoes_thenEachIsAborted() throws Exception {
        List<String> aborted = new CopyOnWriteArrayList<>();
        RawPeer peer = RawPeer.connect(server.port());
        peer.send(get("/slow?1") + get("/slow?2"));
        HttpExchange first = nextSlow();
        first.onAbort(() -> aborted.add("first"));
        first.onAbort(() -> aborted.add("first again"));
        HttpExchange second = nextSlow();
        second.respond(HttpResponse.text(200, "waits for the first"));
        second.onAbort(() -> aborted.add("second"));

        peer.reset();

        Deadline.await("all are told", () -> aborted.size() == 3);
        assertThat(aborted).containsExactly("first", "first again", "second");
        first.respond(HttpResponse.text(200, "dropped without a word"));
        first.onAbort(() -> aborted.add("late"));
        Deadline.await("who asks late is told as well", () -> aborted.contains("late"));
    }

    @Test
    void givenAnAnsweredRequest_whenThePeerGoes_thenNothingIsTold() throws Exception {
        List<String> aborted = new CopyOnWriteArrayList<>();
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(get("/slow"));
            HttpExchange first = nextSlow();
            first.onAbort(() -> aborted.add("first"));
            first.respond(HttpResponse.text(200, "first"));
            assertThat(peer.readResponse()).endsWith("first");
        }

        server.close();

        assertThat(aborted).isEmpty();
    }

    @Test
    void givenAFloodOfPipelinedRequests_whenNoneIsAnswered_thenTheServerStopsReading() throws Exception {
        String flood = get("/slow?" + "x".repeat(1000)).repeat(64);
        try (RawPeer peer = RawPeer.connect(server.port())) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 1000; i++) {
                    peer.trySend(flood.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                }
            });
            List<HttpExchange> begun = List.of(nextSlow(), nextSlow(), nextSlow());

            assertThat(slow).isEmpty();
            assertThat(sent).isNotDone(); // 64 MB do not fit into the buffers of the system
            assertThat(begun).hasSize(3);
        }
    }
}

package io.parley.websocket.server;

import static io.parley.websocket.server.HttpServerTest.head;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import io.parley.testkit.RawPeer;
import io.parley.websocket.HttpHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Peers that take their time, and too many of them. */
class HttpTimeoutTest {

    private final CompletableFuture<HttpExchange> slow = new CompletableFuture<>();
    private final CompletableFuture<Void> aborted = new CompletableFuture<>();
    private HttpServer server;

    private void start(UnaryOperator<HttpServer.Builder> options) {
        server = options.apply(HttpServer.builder().eventLoops(1)).build();
        server.mount("/slow", slow::complete);
        server.mount("/fast", exchange -> exchange.respond(HttpResponse.text(200, "fast")));
        server.mount("/read", exchange -> {
            exchange.onAbort(() -> aborted.complete(null));
            exchange.readBody(100, new HttpExchange.BodyReader() {
                @Override
                public void onBody(ByteBuffer body) {
                    exchange.respond(HttpResponse.text(200, "read"));
                }

                @Override
                public void onTooLarge() {
                    exchange.respond(HttpResponse.text(413, "too large"));
                }
            });
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void givenASlowHead_whenItTakesTooLong_then408() {
        start(options -> options.requestTimeout(Duration.ofMillis(50)));

        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send("GET /fast HTTP/1.1\r\nHost:");

            assertThat(peer.readToEnd())
                    .startsWith("HTTP/1.1 408 ")
                    .endsWith("\r\n\r\nThe head of the request took longer than 50 ms\n");
        }
    }

    @Test
    void givenAHeadThatDrips_whenItTakesTooLong_then408() {
        start(options -> options.requestTimeout(Duration.ofMillis(300)));

        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send("GET /fast HTTP/1.1\r\nHost: a\r\n");
            Deadline.await("the server has enough", () -> {
                peer.trySend(new byte[] {'x'});
                return peer.hasInput();
            });

            assertThat(peer.readToEnd()).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void givenASlowBody_whenItTakesTooLong_then408AndTheExchangeIsAborted() {
        start(options -> options.requestTimeout(Duration.ofMillis(50)));

        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(head("POST /read HTTP/1.1", "Host: a", "Content-Length: 10") + "123");

            assertThat(peer.readToEnd())
                    .startsWith("HTTP/1.1 408 ")
                    .endsWith("\r\n\r\nThe body of the request took longer than 50 ms\n");
            Deadline.get(aborted);
        }
    }

    @Test
    void givenABodyThatIsSkipped_whenItTakesTooLong_thenTheConnectionIsClosed() {
        start(options -> options.requestTimeout(Duration.ofMillis(50)));

        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(head("POST /fast HTTP/1.1", "Host: a", "Content-Length: 10") + "123");

            assertThat(peer.readResponse()).endsWith("fast");
            peer.expectClosed();
        }
    }

    @Test
    void givenASilentConnection_whenItIdles_thenIsClosed() {
        start(options -> options.idleTimeout(Duration.ofMillis(50)));

        try (RawPeer silent = RawPeer.connect(server.port());
                RawPeer kept = RawPeer.connect(server.port())) {
            kept.send(head("GET /fast HTTP/1.1", "Host: a"));

            assertThat(kept.readResponse()).endsWith("fast");
            kept.expectClosed();
            silent.expectClosed();
        }
    }

    @Test
    void givenASlowHandler_whenAllTimeoutsPass_thenItsAnswerIsSent() {
        Duration timeout = Duration.ofMillis(50);
        start(options -> options.idleTimeout(timeout).requestTimeout(timeout));

        try (RawPeer peer = RawPeer.connect(server.port());
                RawPeer later = RawPeer.connect(server.port())) {
            peer.send(head("POST /slow HTTP/1.1", "Host: a", "Content-Length: 1"));
            HttpExchange exchange = Deadline.get(slow);
            later.expectClosed(); // so the timeouts have passed
            exchange.respond(HttpResponse.text(200, "at last"));

            assertThat(peer.readResponse()).endsWith("at last");
        }
    }

    @Test
    void givenAPeerThatReadsNothing_whenItsAnswersStall_thenItIsCut() {
        start(options -> options.idleTimeout(Duration.ofMillis(200)));
        ByteBuffer large = ByteBuffer.allocate(64 << 20);

        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(head("GET /slow HTTP/1.1", "Host: a"));
            Deadline.get(slow).respond(new HttpResponse(200, HttpHeaders.empty(), large));
            for (int i = 0; i < 3; i++) { // so that the timeout has passed at least twice
                try (RawPeer other = RawPeer.connect(server.port())) {
                    other.expectClosed();
                }
            }

            assertThat(peer.readToEnd().length()).isLessThan(large.capacity());
        }
    }

    @Test
    void givenTheLimitOfConnections_whenOneMoreComes_then503UntilOneGoes() {
        start(options -> options.maxConnections(1));

        try (RawPeer first = RawPeer.connect(server.port())) {
            first.send(head("GET /fast HTTP/1.1", "Host: a"));
            assertThat(first.readResponse()).endsWith("fast");
            try (RawPeer second = RawPeer.connect(server.port())) {
                second.trySend(
                        head("GET /fast HTTP/1.1", "Host: a").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                assertThat(second.readToEnd())
                        .startsWith("HTTP/1.1 503 ")
                        .endsWith("The server has 1 connections, as many as it takes; try again later\n");
            }
        }
        Deadline.await("there is room again", () -> {
            try (RawPeer third = RawPeer.connect(server.port())) {
                third.trySend(head("GET /fast HTTP/1.1", "Host: a", "Connection: close")
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                return third.readToEnd().endsWith("fast");
            }
        });
    }
}

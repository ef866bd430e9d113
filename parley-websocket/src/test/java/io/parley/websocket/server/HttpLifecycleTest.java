package io.parley.websocket.server;

import static io.parley.websocket.server.HttpServerTest.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.Deadline;
import io.parley.testkit.RawPeer;
import io.parley.testkit.RawWebSocket;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.HttpHeaders;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Start and close. */
class HttpLifecycleTest {

    private static final String GET = head("GET / HTTP/1.1", "Host: a");

    private final CompletableFuture<HttpExchange> asked = new CompletableFuture<>();

    private static HttpServer.Builder options() {
        return HttpServer.builder().eventLoops(1);
    }

    private HttpServer startSlow(Duration closeTimeout) {
        return options()
                .closeTimeout(closeTimeout)
                .build()
                .mount("/", asked::complete)
                .start();
    }

    private static CompletableFuture<Void> closeLater(HttpServer server) {
        return CompletableFuture.runAsync(server::close, task -> new Thread(task).start());
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet();
    }

    /** Waits until no event loop is left that was not there before: a thread needs a moment to end. */
    private static void expectNoLoopsBut(Set<Thread> before) {
        Deadline.await("event loops end", () -> threads().stream()
                .noneMatch(thread -> thread.getName().startsWith("parley-loop") && !before.contains(thread)));
    }

    @Test
    void givenATakenPort_whenStarted_thenSaysWhichAndWhatToDo() {
        try (HttpServer first = options().build().start()) {
            Set<Thread> before = threads();
            HttpServer second = options().port(first.port()).build();

            assertThatThrownBy(second::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("Port " + first.port() + " on 127.0.0.1 is taken (expected: a free port); stop the"
                            + " program that listens there, or choose another port, or 0 for any free one");
            assertThatThrownBy(() -> options()
                            .port(first.port())
                            .nativeTransport(false)
                            .build()
                            .start())
                    .hasMessageStartingWith("Port " + first.port() + " on 127.0.0.1 is taken ");
            second.close();
            expectNoLoopsBut(before);
        }
    }

    @Test
    void givenAnAddressOfAnotherMachine_whenStarted_thenSaysSo() {
        HttpServer server = options().host("192.0.2.1").port(80).build();

        assertThatThrownBy(server::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot listen on 192.0.2.1:80: ")
                .hasMessageEndingWith(" (expected: an address of this machine, and a port that this user may open)");
    }

    @Test
    void givenAStartedServer_whenStartedAgain_thenFails() {
        try (HttpServer server = options().build()) {
            assertThatThrownBy(server::port).hasMessage("port() before start() (expected: a server that was started)");
            server.start();
            assertThatThrownBy(server::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("start() of a server that was started or closed before (expected: once)");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAClosedServer_whenStartedOnItsPortAtOnce_thenItListens(boolean nativeTransport) {
        int port = 0;
        for (int i = 0; i < 20; i++) {
            HttpServer server =
                    options().port(port).nativeTransport(nativeTransport).build();
            server.mount("/", exchange -> exchange.respond(HttpResponse.of(204)));
            server.start();
            port = server.port();
            try (RawPeer peer = RawPeer.connect(port)) {
                peer.send(GET);
                assertThat(peer.readResponse()).startsWith("HTTP/1.1 204 ");
                server.close();
                peer.expectClosed();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAnyState_whenClosed_thenNoThreadIsLeft(boolean nativeTransport) {
        Set<Thread> before = threads();
        HttpServer server =
                HttpServer.builder().nativeTransport(nativeTransport).build().start();
        assertThat(threads())
                .anyMatch(thread -> thread.getName().startsWith("parley-loop") && !before.contains(thread));

        server.close();
        server.close();

        expectNoLoopsBut(before);
        options().build().close();
    }

    @Test
    void givenARunningExchange_whenClosed_thenItsAnswerIsSentAndNothingMore() {
        HttpServer server = startSlow(Deadline.LIMIT);
        int port = server.port();
        try (RawPeer idle = RawPeer.connect(port);
                RawPeer peer = RawPeer.connect(port)) {
            peer.send(GET);
            HttpExchange exchange = Deadline.get(asked);

            CompletableFuture<Void> closed = closeLater(server);

            idle.expectClosed();
            assertThatThrownBy(() -> RawPeer.connect(port)).isInstanceOf(UncheckedIOException.class);
            assertThat(closed).isNotDone();
            exchange.respond(HttpResponse.text(200, "last words"));
            assertThat(peer.readToEnd()).contains("Connection: close\r\n").endsWith("last words");
            Deadline.get(closed);
        }
    }

    @Test
    void givenAnExchangeThatIsNeverAnswered_whenClosed_thenItIsCutAfterTheTimeout() {
        CompletableFuture<Void> aborted = new CompletableFuture<>();
        HttpServer server = startSlow(Duration.ofMillis(50));
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(GET);
            HttpExchange exchange = Deadline.get(asked);
            exchange.onAbort(() -> aborted.complete(null));

            server.close();

            peer.expectClosed();
            Deadline.get(aborted);
            exchange.respond(HttpResponse.text(200, "dropped without a word"));
        }
    }

    @Test
    void givenAnUpgradeUnderWay_whenClosed_thenIsRefused() {
        HttpServer server = startSlow(Deadline.LIMIT);
        try (RawPeer idle = RawPeer.connect(server.port());
                RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(head("GET / HTTP/1.1", "Host: a", "Upgrade: websocket", "Connection: Upgrade"));
            HttpExchange exchange = Deadline.get(asked);
            CompletableFuture<Void> closed = closeLater(server);
            idle.expectClosed();

            exchange.upgrade(
                    new HttpExchange.WebSocketUpgrade(List.of(), HttpHeaders.empty(), ConnectionOptions.defaults()),
                    new io.parley.websocket.WebSocketListener() {});

            assertThat(peer.readToEnd()).startsWith("HTTP/1.1 503 ").endsWith("The server closes\n");
            Deadline.get(closed);
        }
    }

    @Test
    void givenAWebSocket_whenClosed_thenIsClosedWith1001() {
        HttpServer server = options().build();
        server.webSocket("/echo", socket -> socket.onText(socket::send));
        server.start();
        try (RawWebSocket socket = RawWebSocket.open(server.port(), "/echo")) {
            CompletableFuture<Void> closed = closeLater(server);

            assertThat(socket.read().closeCode()).isEqualTo(1001);
            socket.sendClose(1001, "");
            Deadline.get(closed);
        }
    }

    @Test
    void givenFramesSentWithTheHandshake_whenUpgraded_thenNoneIsLost() {
        try (HttpServer server = options().build();
                RawPeer peer = RawPeer.connect(server.webSocket("/echo", socket -> socket.onText(socket::send))
                        .start()
                        .port())) {
            byte[] frame = RawWebSocket.frame(0x81, true, "early".getBytes(US_ASCII));
            String request = RawWebSocket.request(server.port(), "/echo") + new String(frame, ISO_8859_1);
            peer.send(request.getBytes(ISO_8859_1));

            assertThat(peer.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
            assertThat(peer.readBytes(7)).isEqualTo(RawWebSocket.frame(0x81, false, "early".getBytes(US_ASCII)));
        }
    }

    @Test
    void givenHooks_whenClosed_thenTheyRunFirstAndAFailureStopsNothing() {
        List<String> ran = new ArrayList<>();
        HttpServer server = options().build();
        server.onClosing(() -> {
            throw new IllegalStateException("on purpose, for a test");
        });
        server.onClosing(server::close); // has no effect
        server.onClosing(() -> ran.add("hook of " + server.port()));
        server.start();

        server.close();

        assertThat(ran).containsExactly("hook of " + server.port());
    }

    @Test
    void givenAnEventLoop_whenItClosesItsServer_thenFails() {
        HttpServer server = startSlow(Deadline.LIMIT);
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(GET);
            HttpExchange exchange = Deadline.get(asked);
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            exchange.eventLoop().execute(() -> {
                try {
                    server.close();
                } catch (IllegalStateException expected) {
                    failure.complete(expected);
                }
            });

            assertThat(Deadline.get(failure))
                    .hasMessage("close() on an event loop of the server (expected: another thread, this one would wait"
                            + " for itself)");
            exchange.respond(HttpResponse.of(204));
        }
        server.close();
    }
}

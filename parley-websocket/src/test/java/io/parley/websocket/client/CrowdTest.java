package io.parley.websocket.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import io.parley.websocket.server.HttpServer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many sockets on few threads. */
class CrowdTest {

    private static final int CROWD = 1000;

    @Test
    void givenAThousandSockets_whenTheyTalk_thenTwoThreadsServeThem() throws Exception {
        CountDownLatch echoed = new CountDownLatch(CROWD);
        Set<Thread> before = threadsOfClients();
        try (HttpServer server =
                        HttpServer.builder().eventLoops(1).backlog(CROWD).build();
                EventLoops loops = EventLoops.of(2)) {
            server.webSocket("/", socket -> socket.onText(socket::send)).start();
            WebSocketBuilder builder = WebSocket.builder("ws://127.0.0.1:" + server.port())
                    .eventLoops(loops)
                    .onOpen(open -> open.socket().send("x"))
                    .onMessage(message -> echoed.countDown());

            List<WebSocket> crowd =
                    IntStream.range(0, CROWD).mapToObj(i -> builder.connect()).toList();

            Deadline.await("everybody heard", () -> echoed.getCount() == 0);
            Set<Thread> started = threadsOfClients();
            started.removeAll(before);
            assertThat(started).hasSize(2).allMatch(Thread::isDaemon);
            crowd.forEach(WebSocket::close);
            crowd.forEach(socket ->
                    assertThat(Deadline.get(socket.closed()).wasClean()).isTrue());
        }
    }

    private static Set<Thread> threadsOfClients() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("parley-client"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    @Test
    void givenEventLoopsThatClose_whenASocketIsOpen_thenItIsCut() {
        CompletableFuture<CloseEvent> closed = new CompletableFuture<>();
        try (HttpServer server = HttpServer.builder().eventLoops(1).build()) {
            server.webSocket("/", socket -> {}).start();
            EventLoops loops = EventLoops.of(1);
            WebSocket socket = WebSocket.builder("ws://127.0.0.1:" + server.port())
                    .eventLoops(loops)
                    .onClose(closed::complete)
                    .connect();
            Deadline.get(socket.opened());

            loops.close();

            assertThat(Deadline.get(closed).code()).isEqualTo(1006);
        }
    }
}

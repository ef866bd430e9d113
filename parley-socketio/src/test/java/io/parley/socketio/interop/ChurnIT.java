package io.parley.socketio.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import io.parley.testkit.LiveObjects;
import io.parley.testkit.RawPeer;
import io.parley.testkit.RawWebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients come and go, and leave in every way there is: nothing of them stays, not one object. */
class ChurnIT {

    private static final int CYCLES = 20_000;
    private static final int THREADS = 4;
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final byte[] GOODBYE = RawWebSocket.frame(0x80 | RawWebSocket.CLOSE, true, new byte[0]);

    private static ScenarioServer server;

    private Map<String, Long> before;

    @BeforeAll
    static void start() {
        server = ScenarioServer.startForVanishing();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** What a first client leaves behind once and for all (caches, per-loop objects) is no leak. */
    @BeforeEach
    void warmUp() {
        for (int way = 0; way < 8; way++) {
            comeAndGoOverPolling(server.port(), way);
            comeAndGoOverWebSocket(server.port(), way);
            comeAndGoWithUpgrade(server.port(), way);
        }
        awaitEmpty();
        before = clientObjects();
    }

    @Test
    void givenPolling_whenManyComeAndGo_thenNothingStays() {
        run(ChurnIT::comeAndGoOverPolling);

        expectNothingMore();
    }

    @Test
    void givenWebSocket_whenManyComeAndGo_thenNothingStays() {
        run(ChurnIT::comeAndGoOverWebSocket);

        expectNothingMore();
    }

    @Test
    void givenTheUpgrade_whenManyComeAndGo_thenNothingStays() {
        run(ChurnIT::comeAndGoWithUpgrade);

        expectNothingMore();
    }

    private static void run(BiConsumer<Integer, Integer> cycle) {
        CompletableFuture<?>[] threads = IntStream.range(0, THREADS)
                .mapToObj(thread -> CompletableFuture.runAsync(
                        () -> {
                            for (int i = thread; i < CYCLES; i += THREADS) {
                                cycle.accept(server.port(), i);
                            }
                        },
                        task -> new Thread(task, "churn-" + thread).start()))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(threads).join();
    }

    private static void comeAndGoOverPolling(int port, int way) {
        try (RawPeer peer = RawPeer.connect(port)) {
            String target = openPolling(peer);
            switch (way % 3) {
                case 0 -> post(peer, target, "1"); // closes the session
                case 1 -> {
                    post(peer, target, "41"); // leaves the namespace, then closes
                    post(peer, target, "1");
                }
                default -> { // vanishes while it polls, or just before the server knows that it does
                    peer.send(get(target));
                    peer.reset();
                }
            }
        }
    }

    private static void comeAndGoOverWebSocket(int port, int way) {
        RawWebSocket webSocket = RawWebSocket.open(port, "/socket.io/?EIO=4&transport=websocket");
        webSocket.readText();
        webSocket.sendText("40");
        webSocket.readText();
        webSocket.sendText("42[\"join\",\"room\"]");
        leave(webSocket, way);
    }

    private static void comeAndGoWithUpgrade(int port, int way) {
        String target;
        try (RawPeer peer = RawPeer.connect(port)) {
            target = openPolling(peer);
            peer.reset();
        }
        RawWebSocket webSocket = RawWebSocket.open(port, target.replace("polling", "websocket"));
        webSocket.sendText("2probe");
        webSocket.readText();
        if (way % 2 == 0) {
            webSocket.sendText("5");
            webSocket.sendText("42[\"echo\"]");
        } else { // gives up the upgrade, then the session
            webSocket.sendText("6");
            try (RawPeer peer = RawPeer.connect(port)) {
                post(peer, target, "1");
            }
        }
        leave(webSocket, way / 2);
    }

    private static void leave(RawWebSocket webSocket, int way) {
        switch (way % 4) {
            case 0 -> webSocket.raw().reset();
            case 1 -> {
                webSocket.raw().trySend(GOODBYE);
                webSocket.raw().readToEnd();
            }
            case 2 -> {
                webSocket.raw().trySend(RawWebSocket.frame(0x81, true, new byte[] {'4', '1'}));
                webSocket.raw().reset();
            }
            default -> webSocket.raw().trySend(RawWebSocket.frame(0x81, true, new byte[] {'1'}));
        }
        webSocket.close();
    }

    /** Begins a session over polling and joins the main namespace; returns where its requests go. */
    private static String openPolling(RawPeer peer) {
        String opened = peer.send(get(POLLING)).readResponse();
        int sid = opened.indexOf("\"sid\":\"") + "\"sid\":\"".length();
        String target = POLLING + "&sid=" + opened.substring(sid, opened.indexOf('"', sid));
        post(peer, target, "40");
        assertThat(peer.send(get(target)).readResponse()).contains("40{\"sid\"");
        return target;
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    }

    private static void post(RawPeer peer, String target, String body) {
        peer.send("POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body);
        assertThat(peer.readResponse()).startsWith("HTTP/1.1 200");
    }

    private void expectNothingMore() {
        awaitEmpty();
        Deadline.awaitPassing(() -> assertThat(clientObjects())
                .allSatisfy((type, count) -> assertThat(count).isLessThanOrEqualTo(before.getOrDefault(type, 0L))));
    }

    private static void awaitEmpty() {
        Deadline.await("no sessions", () -> server.io().engine().clientsCount() == 0);
        Deadline.await("no sockets", () -> server.io().sockets().sockets().isEmpty());
    }

    /** Whatever belongs to one client and no other. */
    private static Map<String, Long> clientObjects() {
        return LiveObjects.count(
                "io.parley.engineio.server.EngineSession",
                "io.parley.engineio.server.PollingTransport",
                "io.parley.engineio.server.WebSocketTransport",
                "io.parley.engineio.server.Upgrade",
                "io.parley.socketio.server.Connection",
                "io.parley.socketio.server.NamespaceSocket",
                "io.parley.socketio.server.PendingAcks",
                "io.parley.socketio.adapter.Member",
                "io.parley.websocket.Mailbox",
                "io.parley.websocket.server.HttpConnection",
                "io.parley.websocket.connection.NettyWebSocketConnection",
                "io.netty.channel.epoll.EpollSocketChannel");
    }
}

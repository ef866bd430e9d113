package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.socketio.ConnectionRefused;
import io.parley.socketio.DisconnectReason;
import io.parley.websocket.testing.InMemoryExchange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {

    private final TestServer server = new TestServer();
    private final List<CompletableFuture<?>> pending = new ArrayList<>();
    private final List<String> log = new ArrayList<>();

    @Test
    void givenANewClient_whenItConnects_thenGetsAnIdOfItsOwn() {
        TestClient client = server.client();

        client.send("0");

        assertThat(client.received())
                .containsExactly("0{\"sid\":\"" + server.last().id() + "\"}");
        assertThat(server.last().id()).matches("[\\w-]{20}");
        assertThat(server.last().id()).isNotEqualTo(server.last().connection().id());
        assertThat(server.last().isConnected()).isTrue();
        assertThat(server.last().namespace()).isSameAs(server.io.sockets());
        assertThat(server.io.sockets().sockets()).containsOnlyKeys(server.last().id());
    }

    @Test
    void givenAuthAndHeaders_whenConnected_thenTheHandshakeTells() {
        TestClient client = TestClient.open(server, server.loop, "Origin", "http://localhost", "X-Test", "yes");

        client.send("0{\"token\":\"secret\",\"count\":3}");

        Handshake handshake = server.last().handshake();
        assertThat(handshake.auth().string("token")).isEqualTo("secret");
        assertThat(handshake.auth().string("count")).isNull();
        assertThat(handshake.auth().string("missing")).isNull();
        assertThat(handshake.auth().values()).containsOnlyKeys("token", "count");
        assertThat(handshake.auth().as(Token.class)).isEqualTo(new Token("secret", 3));
        assertThat(handshake.auth()).hasToString("Auth[28 characters]");
        assertThat(handshake.headers().first("x-test")).contains("yes");
        assertThat(handshake.xdomain()).isTrue();
        assertThat(handshake.secure()).isFalse();
        assertThat(handshake.address()).isEqualTo("127.0.0.1");
        assertThat(handshake.url()).isEqualTo("/socket.io/?EIO=4&transport=websocket&room=a%20b");
        assertThat(handshake.query()).containsEntry("transport", "websocket").containsEntry("room", "a b");
        assertThat(handshake.issued()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(handshake.time())
                .matches("[A-Z][a-z]{2} [A-Z][a-z]{2} \\d\\d \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\\+0000");
    }

    record Token(String token, int count) {}

    @Test
    void givenNoAuth_whenConnected_thenItIsEmpty() {
        server.connected();

        assertThat(server.last().handshake().auth().json()).isEqualTo("{}");
        assertThat(server.last().handshake().xdomain()).isFalse();
    }

    @Test
    void givenAnUnknownNamespace_whenJoined_thenRefusedAndTheConnectionStays() {
        TestClient client = server.client();

        client.send("0/nowhere,");

        assertThat(client.received()).containsExactly("4/nowhere,{\"message\":\"Invalid namespace\"}");
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void givenTwoNamespaces_whenJoinedOverOneConnection_thenEachHasItsOwnSocket() {
        Namespace admin = server.open("admin");
        TestClient client = server.connected().join("/admin");
        admin.onConnection(socket -> {});
        server.sockets.forEach(socket ->
                socket.on("hi", (args, ack) -> log.add(socket.namespace().name() + " " + args.string(0))));

        client.send("2/admin,[\"hi\",\"a\"]", "2[\"hi\",\"b\"]");

        assertThat(log).containsExactly("/admin a", "/ b");
        assertThat(server.sockets.get(0).id())
                .isNotEqualTo(server.sockets.get(1).id());
        assertThat(server.sockets.get(0).connection())
                .isSameAs(server.sockets.get(1).connection());
    }

    @Test
    void givenADisconnectAndAConnectInOneGo_whenTheyCome_thenTheClientIsInAgain() {
        TestClient client = server.connected();

        client.send("1", "0");

        assertThat(client.isClosed()).isFalse();
        assertThat(server.sockets).hasSize(2);
        assertThat(server.sockets.get(0).isConnected()).isFalse();
        assertThat(server.last().isConnected()).isTrue();
    }

    @Test
    void givenTwoNamespaces_whenTheClientLeavesOne_thenTheOtherStays() {
        server.open("/admin");
        TestClient client = server.connected().join("/admin");
        server.last().onDisconnect(reason -> log.add(reason.text()));

        client.send("1/admin,");

        assertThat(log).containsExactly("client namespace disconnect");
        assertThat(server.sockets.get(0).isConnected()).isTrue();
        assertThat(server.last().isConnected()).isFalse();
        assertThat(client.isClosed()).isFalse();
        client.join("/admin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0", // a second CONNECT
                "2/admin,[\"hi\"]", // not joined
                "1/admin,",
                "3/admin,1[]",
                "4{\"message\":\"no\"}", // only a server sends that
                "9",
                "2[\"connect\"]",
                "2{}",
                "51-[\"hi\",{\"_placeholder\":true,\"num\":0}]\n" // a text, where an attachment must follow
            })
    void givenAProtocolError_whenReceived_thenTheConnectionIsClosed(String packets) {
        server.open("/admin");
        TestClient client = server.connected();
        server.last().onDisconnect(reason -> log.add(reason.text()));

        client.send(packets.split("\n", -1));

        assertThat(client.isClosed()).isTrue();
        assertThat(log).containsExactly("forced close");
        assertThat(client.received()).isEmpty();
    }

    @Test
    void givenABrokenPacket_whenReceived_thenEverySocketHearsOfItFirst() {
        server.open("/admin");
        TestClient client = server.connected().join("/admin");
        for (Socket socket : server.sockets) {
            socket.onError(
                    error -> log.add(socket.namespace() + " " + error.getClass().getSimpleName()));
            socket.onDisconnect(reason -> log.add(socket.namespace() + " " + reason));
        }

        client.send("2[\"hi\"", "2[\"never\"]");

        assertThat(log)
                .containsExactly(
                        "/ PacketException", "/admin PacketException", "/ forced close", "/admin forced close");
    }

    @Test
    void givenNoNamespaceJoined_whenTheConnectTimeoutPasses_thenClosed() {
        TestClient client = server.client();

        server.advance(Duration.ofMillis(44_999));
        assertThat(client.isClosed()).isFalse();
        server.advance(Duration.ofMillis(1));

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void givenANamespaceJoinedAndLeft_whenTheConnectTimeoutPasses_thenStaysOpen() {
        TestClient client = server.connected();

        server.last().disconnect();
        server.advance(Duration.ofMinutes(5));

        assertThat(client.received()).containsExactly("1");
        assertThat(client.isClosed()).isFalse();
        client.join("/");
    }

    @Test
    void givenTheLimitOfNamespaces_whenOneMoreIsJoined_thenRefused() {
        TestServer small = new TestServer(options -> options.maxNamespaces(1));
        small.open("/admin");
        TestClient client = small.connected();

        client.send("0/admin,");

        assertThat(client.received()).containsExactly("4/admin,{\"message\":\"too many namespaces\"}");
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void givenANamespaceName_whenAskedFor_thenMadeOnceWithASlash() {
        server.io.onNewNamespace(namespace -> log.add(namespace.name()));

        Namespace made = server.io.of("orders");

        assertThat(server.io.of("/orders")).isSameAs(made);
        assertThat(server.io.of("/")).isSameAs(server.io.sockets());
        assertThat(log).containsExactly("/orders");
        assertThatThrownBy(() -> server.io.of("a,b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("namespace: a,b (expected: no comma)");
    }

    @Test
    void givenTheBrowserClient_whenAskedFor_thenServedUnlessTurnedOff() {
        InMemoryExchange served = InMemoryExchange.get(server.loop, "/socket.io/socket.io.js?v=1");
        InMemoryExchange notServed = InMemoryExchange.get(server.loop, "/socket.io/socket.io.js");

        server.loop.call(() -> server.io.handle(served));
        server.loop.call(() -> new TestServer(options -> options.serveClient(false)).io.handle(notServed));

        assertThat(served.response().status()).isEqualTo(200);
        assertThat(notServed.response().status()).isEqualTo(400);
        assertThat(notServed.responseText()).isEqualTo("{\"code\":0,\"message\":\"Transport unknown\"}");
    }

    // --- middleware

    @Test
    void givenMiddlewares_whenAllReturn_thenConnectedAfterThem() {
        server.io
                .use(socket -> {
                    log.add("first " + socket.isConnected());
                    socket.emit("early", 1);
                    socket.join("room");
                })
                .use(socket -> log.add("second"));
        TestClient client = server.client();

        client.send("0");
        server.io.to("room").emit("later");

        assertThat(log).containsExactly("first false", "second");
        assertThat(client.received())
                .containsExactly(
                        "2[\"early\",1]", "0{\"sid\":\"" + server.last().id() + "\"}", "2[\"later\"]");
    }

    @Test
    void givenAMiddlewareThatRefuses_whenJoined_thenTheClientIsToldWhy() {
        server.io
                .use(socket -> {
                    Map<String, Object> data = new LinkedHashMap<>();
                    data.put("code", 7);
                    data.put("retry", false);
                    throw new ConnectionRefused("not \"you\"", data);
                })
                .use(socket -> log.add("never"));
        TestClient client = server.client();

        client.send("0");

        assertThat(client.received())
                .containsExactly("4{\"message\":\"not \\\"you\\\"\",\"data\":{\"code\":7,\"retry\":false}}");
        assertThat(log).isEmpty();
        assertThat(server.sockets).isEmpty();
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void givenARefusalWithoutData_whenTold_thenTheKeyIsLeftOut() {
        server.open("/admin").use(socket -> {
            throw new ConnectionRefused("no");
        });
        TestClient client = server.connected();

        client.send("0/admin,");

        assertThat(client.received()).containsExactly("4/admin,{\"message\":\"no\"}");
    }

    @Test
    void givenAMiddlewareThatFails_whenJoined_thenNothingOfItIsTold() {
        server.io.onError((socket, event, error) -> log.add(event + " " + error.getMessage()));
        server.io.use(socket -> {
            throw new IllegalStateException("password is 1234");
        });
        TestClient client = server.client();

        client.send("0");

        assertThat(client.received()).containsExactly("4{\"message\":\"internal server error\"}");
        assertThat(log).containsExactly("middleware password is 1234");
    }

    @Test
    void givenAuthThatDoesNotFit_whenAMiddlewareReadsIt_thenTheClientsMistake() {
        server.io.onError((socket, event, error) -> log.add("never"));
        server.io.use(
                socket -> log.add(socket.handshake().auth().as(Token.class).token()));
        TestClient client = server.client();

        client.send("0{\"count\":\"many\"}");

        assertThat(client.received()).containsExactly("4{\"message\":\"invalid auth\"}");
        assertThat(log).isEmpty();
    }

    @Test
    void givenASlowMiddleware_whenTheConnectionIsLostMeanwhile_thenNothingHappens() {
        List<Runnable> tasks = new ArrayList<>();
        TestServer slow = serverWith(tasks::add);
        slow.io.use(socket -> socket.join("room"));
        slow.io.onConnection(socket -> log.add("connected"));
        TestClient client = slow.client().send("0");

        client.lose();
        runAll(tasks);
        slow.run();

        assertThat(log).isEmpty();
        assertThat(slow.io.sockets().sockets()).isEmpty();
    }

    @Test
    void givenASlowMiddleware_whenTheClientAsksAnew_thenOnlyTheNewSocketConnects() {
        List<Runnable> tasks = new ArrayList<>();
        TestServer slow = serverWith(tasks::add);
        slow.io.use(socket -> log.add("asked"));
        TestClient client = slow.client().send("0", "0");

        for (int i = 0; i < 3; i++) {
            runAll(tasks);
            slow.run();
        }

        assertThat(log).containsExactly("asked", "asked");
        assertThat(client.received())
                .containsExactly("0{\"sid\":\"" + slow.last().id() + "\"}");
        assertThat(slow.io.sockets().sockets()).hasSize(1);
    }

    @Test
    void givenASlowMiddleware_whenTheClientFloodsConnects_thenRefusedAtTheLimit() {
        List<Runnable> tasks = new ArrayList<>();
        TestServer slow = serverWith(tasks::add);
        slow.io.use(socket -> {});
        TestClient client = slow.client();

        for (int i = 0; i < 101; i++) {
            client.send("0");
        }

        assertThat(client.received()).contains("4{\"message\":\"too many namespaces\"}");
        assertThat(tasks).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void givenSlowHandlers_whenTheClientComesAndGoes_thenRefusedAtTheLimitAndTakenAgainLater() {
        List<Runnable> tasks = new ArrayList<>();
        TestServer slow = serverWith(tasks::add);
        TestClient client = slow.client();

        for (int i = 0; i < 101; i++) {
            client.send("0", "1");
        }

        assertThat(client.received()).contains("4{\"message\":\"too many namespaces\"}");
        assertThat(client.isClosed()).isTrue(); // it left what it had not joined
        assertThat(tasks).hasSize(100);
        TestClient another = slow.client();
        for (int i = 0; i < 101; i++) {
            another.send("0", "1");
            runAll(tasks);
        }
        assertThat(another.isClosed()).isFalse();
    }

    @Test
    void givenAnEventBeforeTheMiddlewareIsDone_whenReceived_thenTheConnectionIsClosed() {
        List<Runnable> tasks = new ArrayList<>();
        TestServer slow = serverWith(tasks::add);
        slow.io.use(socket -> {});
        TestClient client = slow.client().send("0");

        client.send("2[\"hi\"]");

        assertThat(client.isClosed()).isTrue();
    }

    private static TestServer serverWith(Executor handlers) {
        return new TestServer(options -> options.handlerExecutor(handlers));
    }

    private static void runAll(List<Runnable> tasks) {
        while (!tasks.isEmpty()) {
            tasks.remove(0).run();
        }
    }

    // --- the end

    @Test
    void givenALostConnection_whenDisconnected_thenRoomsAreThereInDisconnectingAndGoneInDisconnect() {
        TestClient client = server.connected();
        Socket socket = server.last();
        socket.join("a", "b");
        socket.onDisconnecting(reason ->
                log.add("disconnecting " + reason + " " + socket.rooms().size()));
        socket.onDisconnect(
                reason -> log.add("disconnect " + reason + " " + socket.rooms().size()));

        client.lose();

        assertThat(log).containsExactly("disconnecting transport close 3", "disconnect transport close 0");
        assertThat(socket.isConnected()).isFalse();
        assertThat(server.io.sockets().sockets()).isEmpty();
        socket.join("c");
        assertThat(socket.rooms()).isEmpty();
        socket.emit("nobody hears");
    }

    @Test
    void givenAPing_whenThePongStaysAway_thenPingTimeout() {
        TestServer pinging = new TestServer(options -> options.engine(
                engine -> engine.pingInterval(Duration.ofSeconds(25)).pingTimeout(Duration.ofSeconds(20))));
        pinging.connected();
        pinging.last().onDisconnect(reason -> log.add(reason.text()));

        pinging.advance(Duration.ofSeconds(25));
        pinging.advance(Duration.ofSeconds(21));

        assertThat(log).containsExactly(DisconnectReason.PING_TIMEOUT.text());
    }

    @Test
    void givenTwoNamespaces_whenTheServerClosesTheConnection_thenBothAreToldFirst() {
        server.open("/admin");
        TestClient client = server.connected().join("/admin");
        for (Socket socket : server.sockets) {
            socket.onDisconnect(reason -> log.add(socket.namespace() + " " + reason));
        }

        server.last().disconnect(true);

        assertThat(log).isEmpty(); // nothing happens before the loop runs
        assertThat(client.received()).containsExactly("1", "1/admin,");
        assertThat(log).containsExactly("/ server namespace disconnect", "/admin server namespace disconnect");
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void givenASocketThatIsNotConnected_whenItIsDisconnected_thenNothingHappens() {
        server.open("/admin").use(socket -> socket.disconnect(true));
        TestClient client = server.connected().join("/admin");
        Socket main = server.sockets.get(0);

        main.disconnect();
        main.disconnect(true);

        assertThat(client.received()).containsExactly("1");
        assertThat(client.isClosed()).isFalse();
        assertThat(server.last().isConnected()).isTrue();
    }

    @Test
    void givenTheServerPutsAClientOut_whenItsEventsStillWait_thenTheyAreNotHandled() {
        TestClient client = server.connected();
        Socket socket = server.last();
        socket.on("out", (args, ack) -> {
            socket.disconnect();
            log.add("connected: " + socket.isConnected());
        });
        socket.on("next", (args, ack) -> log.add("never"));

        client.send("2[\"out\"]");

        assertThat(log).containsExactly("connected: false");
        assertThat(client.received()).containsExactly("1");
        client.send("2[\"next\"]");
        assertThat(client.isClosed()).isTrue(); // it had joined nothing any more
    }

    @Test
    void givenTheServerPutsAClientOut_whenItSentBefore_thenThatArrives() {
        TestClient client = server.connected();

        server.last().emit("a");
        server.io.emit("b");
        server.last().disconnect();
        server.last().emit("never");
        server.io.emit("never");

        assertThat(client.received()).containsExactly("2[\"a\"]", "2[\"b\"]", "1");
    }

    @Test
    void givenTheServerIsClosed_whenSocketsEnd_thenServerShuttingDownAndNoPacket() {
        TestClient client = server.connected();
        server.last().onDisconnect(reason -> log.add(reason.text()));

        server.io.close();

        assertThat(client.received()).isEmpty();
        assertThat(client.isClosed()).isTrue();
        assertThat(log).containsExactly("server shutting down");
        server.io.close();
    }

    @Test
    void givenAHandlerThatThrowsInDisconnect_whenTheOthersRun_thenAllDo() {
        TestClient client = server.connected();
        server.io.onError((socket, event, error) -> log.add("error " + event));
        server.last().onDisconnect(reason -> {
            throw new IllegalStateException("thrown on purpose by a test");
        });
        server.last().onDisconnect(reason -> log.add("second"));

        client.lose();

        assertThat(log).containsExactly("error disconnect", "second");
    }

    @Test
    void givenNoHandlerOfTheEnd_whenAConnectionIsLost_thenNoThreadOfTheHandlersIsWoken() {
        List<Runnable> given = new ArrayList<>();
        TestServer threads = new TestServer(options -> options.handlerExecutor(given::add));
        TestClient client = threads.connected();
        given.remove(0).run();
        Socket socket = threads.last();
        socket.on("say", (args, ack) -> log.add("said"));

        client.lose();

        assertThat(given).isEmpty();
        assertThat(socket.isConnected()).isFalse();
        assertThat(socket.rooms()).isEmpty();
    }

    @Test
    void givenAConnectionHandlerThatHasNotRun_whenTheConnectionIsLost_thenWhatItAddsHearsOfTheEnd() {
        List<Runnable> given = new ArrayList<>();
        TestServer threads = new TestServer(options -> options.handlerExecutor(given::add));
        threads.io.onConnection(socket -> socket.onDisconnect(reason -> log.add(reason.text())));
        TestClient client = threads.connected();

        client.lose();
        assertThat(log).isEmpty();
        given.remove(0).run();

        assertThat(log).containsExactly("transport close");
        assertThat(given).isEmpty();
    }

    @Test
    void givenNothingLeft_whenAllIsOver_thenNoTimerIsLeftBehind() {
        int before = server.loop.pendingTimers();
        TestClient client = server.connected();
        pending.add(server.last().timeout(Duration.ofMinutes(1)).emitWithAck("x"));

        client.received();
        client.lose();

        assertThat(server.loop.pendingTimers()).isLessThanOrEqualTo(before + 1); // the heartbeats' own
    }
}

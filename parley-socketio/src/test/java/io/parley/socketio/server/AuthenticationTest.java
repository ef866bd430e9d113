package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.socketio.ConnectionRefused;
import io.parley.socketio.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullMarked
class AuthenticationTest {

    private final List<String> log = new ArrayList<>();
    private TestServer server = new TestServer();

    /** Tokens look like {@code alice/60}: who it is and when, in seconds of the test's clock, it expires. */
    private @Nullable Principal authenticate(Auth auth, Socket socket) {
        String token = auth.string("token");
        log.add("asked: " + token);
        if (token == null) {
            return null;
        }
        if (token.equals("bad")) {
            throw new ConnectionRefused("unauthorized", Map.of("retry", false));
        }
        if (token.equals("broken")) {
            throw new IllegalStateException("no database");
        }
        String[] parts = token.split("/", 2);
        return Principal.of(parts[0]).with("token", token).until(Instant.ofEpochSecond(Long.parseLong(parts[1])));
    }

    private void serve(UnaryOperator<SocketIoOptions.Builder> change) {
        server = new TestServer(change);
        server.io.authenticator(this::authenticate);
        server.io.onConnection(socket -> {
            socket.on("hi", (args, ack) -> log.add("hi " + args));
            socket.onDisconnect((reason, details) -> log.add(reason + ": " + details.description()));
        });
        server.io.onError((socket, event, error) -> log.add("error in " + event + ": " + error.getMessage()));
    }

    private TestClient joined(String token) {
        TestClient client = server.client();
        client.send("0{\"token\":\"" + token + "\"}");
        assertThat(client.received()).singleElement().asString().startsWith("0{\"sid\"");
        return client;
    }

    // --- who it is

    @Test
    void givenAMiddleware_whenItSaysWhoItIs_thenTheSocketKnows() {
        server.io.use(socket -> socket.authenticate(Principal.of("alice").with("admin", true)));

        server.connected();

        Principal principal = server.last().principal();
        assertThat(principal).isEqualTo(new Principal("alice", Map.of("admin", true), null));
        assertThat(server.loop.pendingTimers()).isEqualTo(idleTimers());
    }

    /** The timers of a server with one client that is nobody. */
    private static int idleTimers() {
        TestServer other = new TestServer();
        other.connected();
        return other.loop.pendingTimers();
    }

    @Test
    void givenNobody_whenAskedWhoItIs_thenNull() {
        server.connected();

        assertThat(server.last().principal()).isNull();
    }

    @Test
    void givenAnAuthenticator_whenItRefuses_thenTheClientIsTold() {
        serve(options -> options);
        TestClient bad = server.client();
        TestClient broken = server.client();
        TestClient expired = server.client();

        bad.send("0{\"token\":\"bad\"}");
        broken.send("0{\"token\":\"broken\"}");
        expired.send("0{\"token\":\"alice/0\"}");

        assertThat(bad.received()).containsExactly("4{\"message\":\"unauthorized\",\"data\":{\"retry\":false}}");
        assertThat(broken.received()).containsExactly("4{\"message\":\"internal server error\"}");
        assertThat(expired.received()).containsExactly("4{\"message\":\"authentication expired\"}");
        assertThat(log).contains("error in middleware: no database");
    }

    @Test
    void givenAnAuthenticatorThatKnowsNobody_whenAClientJoins_thenItIsNobody() {
        serve(options -> options);

        server.client().join("/");

        assertThat(server.last().principal()).isNull();
        assertThat(log).containsExactly("asked: null");
    }

    @Test
    void givenASecondAuthenticator_whenSet_thenRefused() {
        serve(options -> options);

        assertThatThrownBy(() -> server.io.authenticator((auth, socket) -> null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("/ has an authenticator (expected: one at most)");
    }

    @Test
    void givenAnExpiredPrincipal_whenASocketIsGivenIt_thenRefused() {
        server.connected();

        assertThatThrownBy(
                        () -> server.last().authenticate(Principal.of("alice").until(Instant.EPOCH)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Principal[alice until 1970-01-01T00:00:00Z] (expected: one that has not expired yet)");
    }

    // --- until when

    @Test
    void givenAPrincipalThatExpires_whenTheTimeComes_thenTheClientIsToldAndClosed() {
        serve(options -> options);
        TestClient client = joined("alice/100");

        server.advance(Duration.ofMillis(69_999));
        assertThat(client.received()).isEmpty();
        server.advance(Duration.ofMillis(2));
        assertThat(client.received())
                .singleElement()
                .asString()
                .startsWith("2[\"auth:expiring\",{\"expiresAt\":\"1970-01-01T00:01:40.000Z\",\"expiresIn\":29999}]");
        server.advance(Duration.ofMillis(29_998));
        assertThat(client.received()).isEmpty();
        server.advance(Duration.ofMillis(3));

        assertThat(client.received())
                .containsExactly("2[\"auth:expired\",{\"message\":\"authentication expired\"}]", "1");
        assertThat(log).containsExactly("asked: alice/100", "server namespace disconnect: authentication expired");
        assertThat(server.last().isConnected()).isFalse();
        assertThat(server.last().principal()).isNotNull();
    }

    @Test
    void givenAShortTime_whenHalfOfItIsOver_thenTheClientIsTold() {
        serve(options -> options);
        TestClient client = joined("alice/2");

        server.advance(Duration.ofMillis(999));
        assertThat(client.received()).isEmpty();
        server.advance(Duration.ofMillis(2));
        assertThat(client.received()).singleElement().asString().contains("\"expiresIn\":999}");
    }

    @Test
    void givenAnotherNotice_whenItIsTime_thenTheClientIsTold() {
        serve(options -> options.expiryNotice(Duration.ofSeconds(5)));
        TestClient client = joined("alice/100");

        server.advance(Duration.ofMillis(94_999));
        assertThat(client.received()).isEmpty();
        server.advance(Duration.ofMillis(2));
        assertThat(client.received()).hasSize(1);
    }

    @Test
    void givenHours_whenTheyAreOver_thenClosed() {
        serve(options -> options);
        TestClient client = joined("alice/" + Duration.ofHours(20).toSeconds());

        server.advance(Duration.ofHours(20).minusSeconds(31));
        assertThat(client.received().toString()).doesNotContain("auth:");
        server.advance(Duration.ofSeconds(32));

        assertThat(client.received().toString()).contains("auth:expiring", "auth:expired");
    }

    @Test
    void givenAClientThatSends_whenItsPrincipalHasExpired_thenNothingIsHandledAnyMore() {
        serve(options -> options);
        TestClient client = joined("alice/100");
        client.send("2[\"hi\"]");

        server.advance(Duration.ofSeconds(101));
        client.send("2[\"hi\"]");

        assertThat(log)
                .containsExactly("asked: alice/100", "hi []", "server namespace disconnect: authentication expired");
        assertThat(client.isClosed()).isTrue(); // an event for a namespace that it is not in
    }

    @Test
    void givenASocketThatEnds_whenItsTimeIsNotOver_thenNoTimerIsLeft() {
        serve(options -> options);
        TestClient client = joined("alice/100");

        client.lose();

        assertThat(server.loop.pendingTimers()).isZero();
    }

    @Test
    void givenAPrincipalThatExpiresWhileAMiddlewareThinks_whenAccepted_thenConnectedAndThenClosed() {
        serve(options -> options);
        server.io.use(socket -> server.loop.advance(Duration.ofSeconds(3)));
        server.io.onConnection(socket -> log.add("connected"));
        TestClient client = server.client();

        client.send("0{\"token\":\"alice/2\"}");

        assertThat(log)
                .containsExactly("asked: alice/2", "connected", "server namespace disconnect: authentication expired");
        assertThat(client.received()).hasSize(4).last().isEqualTo("1");
    }

    // --- refresh

    @Test
    void givenARefresh_whenAccepted_thenTheSocketStaysAsLongAsTheNewOneHolds() {
        serve(options -> options);
        TestClient client = joined("alice/100");
        Socket socket = server.last();
        server.advance(Duration.ofSeconds(80));
        client.received();

        client.send("27[\"auth:refresh\",{\"token\":\"alice/300\"}]", "2[\"hi\"]");

        assertThat(client.received())
                .containsExactly("37[{\"expiresAt\":\"1970-01-01T00:05:00.000Z\",\"expiresIn\":220000}]");
        assertThat(socket.principal().attributes()).containsEntry("token", "alice/300");
        server.advance(Duration.ofSeconds(189));
        assertThat(client.received()).isEmpty();
        assertThat(socket.isConnected()).isTrue();
        assertThat(log).containsExactly("asked: alice/100", "asked: alice/300", "hi []");
        server.advance(Duration.ofSeconds(32));
        assertThat(socket.isConnected()).isFalse();
    }

    @Test
    void givenARefresh_whenRefused_thenTheOldOneHolds() {
        serve(options -> options);
        TestClient client = joined("alice/100");

        client.send(
                "21[\"auth:refresh\",{\"token\":\"bad\"}]",
                "22[\"auth:refresh\",{\"token\":\"mallory/300\"}]",
                "23[\"auth:refresh\",{}]",
                "24[\"auth:refresh\",{\"token\":\"alice/0\"}]",
                "25[\"auth:refresh\",\"alice/300\"]",
                "26[\"auth:refresh\"]",
                "27[\"auth:refresh\",{\"token\":\"broken\"}]");

        assertThat(client.received())
                .containsExactly(
                        "31[{\"error\":{\"message\":\"unauthorized\",\"data\":{\"retry\":false}}}]",
                        "32[{\"error\":{\"message\":\"another user\",\"data\":null}}]",
                        "33[{\"error\":{\"message\":\"unauthorized\",\"data\":null}}]",
                        "34[{\"error\":{\"message\":\"authentication expired\",\"data\":null}}]",
                        "35[{\"error\":{\"message\":\"invalid auth\",\"data\":null}}]",
                        "36[{\"error\":{\"message\":\"invalid auth\",\"data\":null}}]",
                        "37[{\"error\":{\"message\":\"internal server error\",\"data\":null}}]");
        assertThat(server.last().principal().name()).isEqualTo("alice");
        assertThat(log).contains("error in auth:refresh: no database");
        server.advance(Duration.ofSeconds(101));
        assertThat(server.last().isConnected()).isFalse();
    }

    @Test
    void givenARefreshWithBinary_whenItComes_thenRefused() {
        serve(options -> options);
        TestClient client = joined("alice/100");

        client.send("51-1[\"auth:refresh\",{\"token\":{\"_placeholder\":true,\"num\":0}}]")
                .sendBinary((byte) 1);

        assertThat(client.received()).containsExactly("31[{\"error\":{\"message\":\"invalid auth\",\"data\":null}}]");
    }

    @Test
    void givenAFloodOfRefreshes_whenTheyAreTooMany_thenNobodyIsAskedUntilAMinuteIsOver() {
        serve(options -> options.maxRefreshAttempts(2));
        TestClient client = joined("alice/1000");

        for (int i = 0; i < 4; i++) {
            client.send("2" + i + "[\"auth:refresh\",{\"token\":\"alice/1000\"}]");
        }

        assertThat(log).containsExactly("asked: alice/1000", "asked: alice/1000", "asked: alice/1000");
        assertThat(client.received())
                .hasSize(4)
                .endsWith(
                        "32[{\"error\":{\"message\":\"too many attempts\",\"data\":null}}]",
                        "33[{\"error\":{\"message\":\"too many attempts\",\"data\":null}}]");
        server.advance(Duration.ofSeconds(60));
        client.send("25[\"auth:refresh\",{\"token\":\"alice/1000\"}]");
        assertThat(client.received()).singleElement().asString().startsWith("35[{\"expiresAt\"");
    }

    @Test
    void givenListenersOfEverything_whenAClientRefreshes_thenTheyDoNotSeeItsToken() {
        serve(options -> options);
        TestClient client = joined("alice/100");
        server.last().onAny((event, args) -> log.add("any " + event));
        server.last().use(event -> log.add("middleware " + event.name()));
        server.last().on("auth:refresh", (args, ack) -> log.add("handler"));

        client.send("2[\"auth:refresh\",{\"token\":\"alice/200\"}]");

        assertThat(log).containsExactly("asked: alice/100", "asked: alice/200");
        assertThat(client.received()).isEmpty();
    }

    @Test
    void givenNobody_whenItRefreshes_thenItIsSomebody() {
        serve(options -> options);
        TestClient client = server.client().join("/");

        client.send("21[\"auth:refresh\",{\"token\":\"alice/100\"}]");
        server.io.user("alice").emit("for alice");

        assertThat(server.last().principal().name()).isEqualTo("alice");
        assertThat(client.received()).hasSize(2).last().isEqualTo("2[\"for alice\"]");
    }

    @Test
    void givenNoAuthenticator_whenAnEventOfThatNameComes_thenItIsAnyEvent() {
        TestClient client = server.connected();
        server.last().on("auth:refresh", (args, ack) -> ack.send("mine"));

        client.send("21[\"auth:refresh\"]");

        assertThat(client.received()).containsExactly("31[\"mine\"]");
    }

    @Test
    void givenAParentNamespace_whenAChildIsMade_thenItAsksToo() {
        server.io
                .of((name, auth) -> name.startsWith("/room-"))
                .authenticator(this::authenticate)
                .onConnection(server.sockets::add);
        TestClient client = server.client();

        client.send("0/room-1,{\"token\":\"alice/100\"}");
        client.send("2/room-1,1[\"auth:refresh\",{\"token\":\"alice/200\"}]");

        assertThat(client.received()).hasSize(2).last().asString().startsWith("3/room-1,1[{\"expiresAt\"");
        assertThat(server.last().principal().name()).isEqualTo("alice");
    }

    // --- all sockets of a user

    @Test
    void givenSocketsOfUsers_whenOneUserIsMeant_thenAllOfHisAreReached() throws Exception {
        serve(options -> options);
        TestClient alice = joined("alice/100");
        TestClient aliceToo = joined("alice/200");
        TestClient bob = joined("bob/100");

        server.io.user("alice").emit("x", 1);
        server.io.user("alice", "bob").except(server.last().id()).emit("x", 2);
        List<RemoteSocket> found = server.io.user("alice").fetchSockets().get();

        assertThat(alice.received()).containsExactly("2[\"x\",1]", "2[\"x\",2]");
        assertThat(aliceToo.received()).containsExactly("2[\"x\",1]", "2[\"x\",2]");
        assertThat(bob.received()).isEmpty();
        assertThat(found)
                .extracting(RemoteSocket::id)
                .containsExactlyInAnyOrder(
                        server.sockets.get(0).id(), server.sockets.get(1).id());
    }

    @Test
    void givenAUser_whenHeIsLoggedOut_thenAllHisConnectionsAreClosed() {
        serve(options -> options);
        TestClient alice = joined("alice/100");
        TestClient aliceToo = joined("alice/200");
        TestClient bob = joined("bob/100");

        server.io.user("alice").disconnectSockets(true);

        assertThat(alice.isClosed()).isTrue();
        assertThat(aliceToo.isClosed()).isTrue();
        assertThat(bob.isClosed()).isFalse();
    }

    @Test
    void givenAServerThatChangesTheUser_whenUsersAreMeant_thenTheSocketIsTheNewOnes() {
        TestClient client = server.connected();
        server.last().authenticate(Principal.of("alice"));

        server.last().authenticate(Principal.of("bob"));
        server.io.user("alice").emit("for alice");
        server.io.user("bob").emit("for bob");

        assertThat(client.received()).containsExactly("2[\"for bob\"]");
    }

    @Test
    void givenAUsersRoom_whenAnybodyWantsToJoinOrLeaveIt_thenRefused() {
        server.connected();
        Socket socket = server.last();
        String expected = "room that begins with \"parley:user:\" (expected: another one, these are for"
                + " Socket.authenticate)";

        assertThatThrownBy(() -> socket.join("lobby", "parley:user:alice"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(expected);
        assertThatThrownBy(() -> socket.leave("parley:user:alice")).hasMessage(expected);
        assertThatThrownBy(() -> server.io.socketsJoin("parley:user:alice")).hasMessage(expected);
        assertThatThrownBy(() -> server.io.socketsLeave("parley:user:alice")).hasMessage(expected);
        assertThat(socket.rooms()).containsExactly(socket.id());
    }

    @Test
    void givenAUsersRoom_whenRoomsAreCountedOrShown_thenItIsNotAmongThem() {
        serve(options -> options.maxRooms(2));
        joined("alice/100");
        Socket socket = server.last();

        socket.join("a", "b");

        assertThat(socket.rooms()).containsExactlyInAnyOrder(socket.id(), "a", "b");
        assertThatThrownBy(() -> socket.join("c"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("join: the socket is in 2 rooms (expected: fewer than maxRooms, 2)");
        socket.authenticate(Principal.of("bob"));
        assertThat(socket.principal().name()).isEqualTo("bob");
    }
}

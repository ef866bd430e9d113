package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.ConnectionRefused;
import io.parley.socketio.Principal;
import io.parley.testkit.Deadline;
import io.parley.testkit.GuideCode;
import io.parley.testkit.NodePeer;
import io.parley.websocket.server.HttpServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guide to authentication shows, running with the official client and tokens of two seconds. */
@NullMarked
class AuthenticationGuideIT {

    private static final Path GUIDE = Path.of("../docs/authentication.md");
    private static final Path SOURCE = Path.of("src/test/java/io/parley/socketio/server/AuthenticationGuideIT.java");

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Tokens tokens = new Tokens();
    private final HttpServer http =
            HttpServer.builder().host("127.0.0.1").port(0).build();
    private final SocketIoServer io = SocketIoServer.attach(http);
    private NodePeer client;

    record Claims(String user, String role, Instant expiry) {}

    /** Tokens look like {@code alice#1} and hold for two seconds from the moment they are shown. */
    static final class Tokens {

        private final List<String> shown = new CopyOnWriteArrayList<>();

        @Nullable
        Claims verify(@Nullable String token) {
            if (token == null || !token.contains("#") || shown.contains(token)) {
                return null;
            }
            shown.add(token);
            return new Claims(
                    token.substring(0, token.indexOf('#')),
                    "user",
                    Instant.now().plusSeconds(2));
        }
    }

    @BeforeEach
    void start() {
        io.authenticator((auth, socket) -> {
            Claims claims = tokens.verify(auth.string("token"));
            if (claims == null) {
                throw new ConnectionRefused("unauthorized", Map.of("retry", false));
            }
            return Principal.of(claims.user()).with("role", claims.role()).until(claims.expiry());
        });
        io.onConnection(socket ->
                socket.on("whoami", (args, ack) -> ack.send(socket.principal().name())));
        io.onConnection(socket -> {
            socket.onDisconnect((reason, details) -> log.add(details.description())); // authentication expired
        });
        http.start();
        client = NodePeer.start(Path.of("src/test/node/auth-client.cjs"));
    }

    @AfterEach
    void stop() {
        client.close();
        http.close();
    }

    @Test
    void givenTheGuide_whenItsCodeIsLookedFor_thenAllOfItIsHere() {
        assertThat(GuideCode.provenBlocks(GUIDE, SOURCE)).hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void givenAClientThatRefreshes_whenItsTokensExpire_thenItKeepsItsSocketAndMissesNothing(String transport) {
        client.call("connect", http.port(), "alice", Map.of("mode", Map.of("transports", List.of(transport))));
        Object sid = client.nextEvent("connected");
        int sent = 0;

        while (client.events("refreshed").size() < 3) {
            io.user("alice").emit("number", sent++);
            Deadline.await("told", received(sent));
        }

        assertThat(client.events("refreshed")).containsOnly("number");
        assertThat(client.events("number").stream().map(Number.class::cast).map(Number::intValue))
                .containsExactlyElementsOf(IntStream.range(0, sent).boxed().toList());
        assertThat(io.sockets().sockets()).containsOnlyKeys((String) sid);
        assertThat(client.call("ask", "whoami")).isEqualTo("alice");
        assertThat(client.events("disconnected")).isEmpty();
    }

    private Callable<Boolean> received(int count) {
        return () -> client.events("number").size() == count;
    }

    @Test
    void givenAClientThatOnlyListens_whenItsTokenExpires_thenItIsToldClosedAndComesBackWithANewOne() {
        client.call("connect", http.port(), "alice", Map.of("refresh", false));
        Object sid = client.nextEvent("connected");

        assertThat(client.nextEvent("expiring")).isEqualTo(List.of("string", true));
        assertThat(client.nextEvent("expired")).isEqualTo("authentication expired");
        assertThat(client.nextEvent("disconnected")).isEqualTo("io server disconnect");
        assertThat(client.nextEvent("connected")).isNotEqualTo(sid);

        assertThat(log).first().isEqualTo("authentication expired");
        assertThat(tokens.shown).startsWith("alice#1", "alice#2");
    }

    @Test
    void givenATokenOfAnotherUser_whenShown_thenRefusedAndTheOldOneHoldsUntilItsEnd() {
        client.call("connect", http.port(), "alice", Map.of("bad", true));
        client.nextEvent("connected");

        assertThat(client.nextEvent("refreshed")).isEqualTo("another user");
        assertThat(client.nextEvent("expired")).isEqualTo("authentication expired");
    }

    @Test
    void givenAUsedToken_whenAClientJoins_thenItSeesWhyItIsRefused() {
        tokens.verify("alice#1");

        client.call("connect", http.port(), "alice");

        assertThat(client.nextEvent("refused")).isEqualTo(List.of("unauthorized", Map.of("retry", false)));
    }

    @Test
    void givenAUser_whenSheIsLoggedOut_thenHerSocketsAreClosed() {
        client.call("connect", http.port(), "alice");
        client.nextEvent("connected");

        io.user("alice").emit("notice", "you have mail");
        io.user("alice").disconnectSockets(true); // logged out, everywhere

        assertThat(client.nextEvent("disconnected")).isEqualTo("io server disconnect");
        Deadline.await("gone", () -> io.sockets().sockets().isEmpty());
    }
}

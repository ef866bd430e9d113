package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.Principal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Whose a session is when its client comes back to it. */
@NullMarked
class RecoveredPrincipalTest {

    private final RecoveryServer server = new RecoveryServer();

    private RecoveryClient lostAfter(Principal principal) {
        RecoveryClient client = server.join();
        server.last().authenticate(principal);
        client.lose();
        return client;
    }

    private static Principal alice() {
        return Principal.of("alice").until(Instant.ofEpochSecond(100));
    }

    @Test
    void givenAPrincipalThatHolds_whenTheClientComesBack_thenItIsTheSocketsAgainUntilItExpires() {
        RecoveryClient client = lostAfter(alice());
        server.io.user("alice").emit("missed");
        server.advance(Duration.ofSeconds(50));

        RecoveryClient back = client.comeBack(null);
        server.io.user("alice").emit("live");

        assertThat(back.sid).isEqualTo(client.sid);
        assertThat(back.missed).singleElement().asString().startsWith("2[\"missed\"");
        assertThat(back.received()).singleElement().asString().startsWith("2[\"live\"");
        assertThat(server.last().principal()).isEqualTo(alice());
        server.advance(Duration.ofSeconds(51));
        assertThat(back.received()).hasSize(3).last().isEqualTo("1");
    }

    @Test
    void givenAPrincipalThatHasExpired_whenTheClientComesBack_thenItBeginsAnewAsNobody() {
        RecoveryClient client = lostAfter(alice());
        server.io.user("alice").emit("missed");
        server.advance(Duration.ofSeconds(100));

        RecoveryClient back = client.comeBack(null);
        server.io.user("alice").emit("live");

        assertThat(back.sid).isNotEqualTo(client.sid);
        assertThat(back.missed).isEmpty();
        assertThat(back.received()).isEmpty();
        assertThat(server.last().recovered()).isFalse();
        assertThat(server.last().principal()).isNull();
    }

    @Test
    void givenMiddlewaresThatAreAsked_whenAnotherUserComesBack_thenTheSessionIsNotHis() {
        RecoveryServer strict = new RecoveryServer(recovery -> recovery.skipMiddlewares(false));
        String[] user = {"alice"};
        strict.io.authenticator((auth, socket) -> Principal.of(user[0]));
        RecoveryClient client = strict.join();
        strict.last().join("secret");
        strict.last().data().put("name", "Alice");
        client.lose();
        strict.io.to("secret").emit("missed");
        user[0] = "mallory";

        RecoveryClient other = client.comeBack(null);

        assertThat(other.missed).isEmpty();
        assertThat(other.sid).isNotEqualTo(client.sid);
        assertThat(strict.last().rooms()).containsExactly(other.sid);
        assertThat(strict.last().data()).isEmpty();
        assertThat(strict.last().recovered()).isFalse();
        user[0] = "alice";
        assertThat(client.comeBack(null).missed).hasSize(1);
    }
}

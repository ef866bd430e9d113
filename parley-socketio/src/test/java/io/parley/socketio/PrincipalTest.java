package io.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrincipalTest {

    @Test
    void givenAPrincipal_whenMade_thenItIsOneOfJavasToo() {
        java.security.Principal principal = Principal.of("alice");

        assertThat(principal.getName()).isEqualTo("alice");
    }

    @Test
    void givenAnExpiry_whenItComes_thenItIsOver() {
        Principal principal = Principal.of("alice").until(Instant.ofEpochSecond(10));

        assertThat(principal.isExpired(Instant.ofEpochSecond(10).minusNanos(1))).isFalse();
        assertThat(principal.isExpired(Instant.ofEpochSecond(10))).isTrue();
        assertThat(Principal.of("alice").isExpired(Instant.MAX)).isFalse();
    }

    @Test
    void givenAttributes_whenPrinted_thenTheyStaySecret() {
        Principal principal = Principal.of("alice").with("token", "secret").until(Instant.EPOCH);

        assertThat(principal).hasToString("Principal[alice until 1970-01-01T00:00:00Z]");
        assertThat(principal.attributes()).isEqualTo(Map.of("token", "secret"));
    }

    @Test
    void givenANameOrAttributesBeyondTheBounds_whenMade_thenRefused() {
        Map<String, Object> many = new HashMap<>();
        for (int i = 0; i <= Principal.MAX_ATTRIBUTES; i++) {
            many.put("a" + i, i);
        }

        assertThatThrownBy(() -> Principal.of(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name: 0 characters (expected: 1 to 1000)");
        assertThatThrownBy(() -> Principal.of("x".repeat(1_001)))
                .hasMessage("name: 1001 characters (expected: 1 to 1000)");
        assertThatThrownBy(() -> new Principal("alice", many, null))
                .hasMessage("attributes: 101 (expected: at most 100)");
    }
}

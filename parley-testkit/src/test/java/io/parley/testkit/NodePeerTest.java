package io.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodePeerTest {

    private final NodePeer peer = NodePeer.start(Path.of("src/test/node/echo.cjs"));

    @AfterEach
    void close() {
        peer.close();
    }

    @Test
    void givenAScript_whenCalled_thenValuesTravelBothWays() {
        Object value = Map.of("text", "hello", "list", List.of(1, true), "bytes", Map.of("$hex", "01ff"));

        assertThat(peer.call("echo", value)).isEqualTo(value);
    }

    @Test
    void givenTheLockFile_whenAPeerIsRequired_thenItIsThere() {
        assertThat(peer.call("hasClient")).isEqualTo(true);
    }

    @Test
    void givenAMethodThatThrows_whenCalled_thenTheErrorIsTold() {
        assertThatThrownBy(() -> peer.call("fail"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("on purpose");
    }

    @Test
    void givenEvents_whenTaken_thenEachComesOnceAndInOrder() {
        peer.call("shout", "a");
        peer.call("shout", "b");

        assertThat(peer.nextEvent("shouted")).isEqualTo("a");
        assertThat(peer.nextEvent("shouted")).isEqualTo("b");
        assertThat(peer.events("shouted")).containsExactly("a", "b");
    }

    @Test
    void givenAScriptThatEnds_whenCalled_thenTheCallFailsAtOnce() {
        assertThatThrownBy(() -> peer.call("end")).hasMessageContaining("The script has ended");
    }
}

package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SocketIoOptionsTest {

    @Test
    void givenNothing_whenBuilt_thenTheOfficialDefaults() {
        SocketIoOptions options = SocketIoOptions.defaults();

        assertThat(options.path()).isEqualTo("/socket.io/");
        assertThat(options.serveClient()).isTrue();
        assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(45));
        assertThat(options.broadcastAckTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.engine().pingInterval()).isEqualTo(Duration.ofSeconds(25));
        assertThat(options.packetLimits().maxAttachments()).isEqualTo(10);
    }

    @Test
    void givenOptions_whenCopiedToABuilder_thenTheyAreTheSame() {
        SocketIoOptions options = SocketIoOptions.builder()
                .path("/live")
                .serveClient(false)
                .connectTimeout(Duration.ofSeconds(1))
                .closeTimeout(Duration.ZERO)
                .engine(engine -> engine.pingInterval(Duration.ofSeconds(2)))
                .maxRooms(1)
                .maxNamespaces(2)
                .cleanupEmptyChildNamespaces(true)
                .maxDynamicNamespaces(6)
                .maxDynamicNamespaceLength(7)
                .maxPendingAcks(3)
                .maxWaitingEvents(4)
                .maxWaitingBytes(5)
                .build();

        SocketIoOptions copy = options.toBuilder().build();

        assertThat(copy).usingRecursiveComparison().isEqualTo(options);
        assertThat(copy.path()).isEqualTo("/live/");
    }

    @Test
    void givenWrongValues_whenSet_thenTheMessageSaysWhatIsExpected() {
        SocketIoOptions.Builder builder = SocketIoOptions.builder();

        assertThatThrownBy(() -> builder.path("socket.io"))
                .hasMessage("path: socket.io (expected: a slash at its beginning)");
        assertThatThrownBy(() -> builder.maxRooms(0)).hasMessage("maxRooms: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> builder.connectTimeout(Duration.ZERO))
                .hasMessage("connectTimeout: PT0S (expected: 1 ms or more)");
        assertThatThrownBy(() -> builder.closeTimeout(Duration.ofMillis(-1)))
                .hasMessage("closeTimeout: PT-0.001S (expected: zero or more)");
    }
}

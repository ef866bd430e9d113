package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.engineio.TransportType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EngineOptionsTest {

    @Test
    void givenNothingSet_whenBuilt_thenTheDefaultsAreTheOfficialOnes() {
        EngineOptions options = EngineOptions.defaults();

        assertThat(options.pingInterval()).isEqualTo(Duration.ofSeconds(25));
        assertThat(options.pingTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(options.upgradeTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.closeTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.maxHttpBufferSize()).isEqualTo(1_000_000);
        assertThat(options.maxBufferedBytes()).isEqualTo(16 * 1024 * 1024);
        assertThat(options.highWaterMark()).isEqualTo(1024 * 1024);
        assertThat(options.maxSessions()).isEqualTo(100_000);
        assertThat(options.transports()).containsExactlyInAnyOrder(TransportType.POLLING, TransportType.WEBSOCKET);
        assertThat(options.allowUpgrades()).isTrue();
        assertThat(options.cors()).isEmpty();
    }

    @Test
    void givenACloseTimeout_whenAWebSocketIsOpened_thenItIsItsOwnUnlessItIsLong() {
        EngineOptions impatient =
                EngineOptions.builder().closeTimeout(Duration.ofMillis(300)).build();

        assertThat(Handshakes.connectionOptions(impatient).closeTimeout()).isEqualTo(Duration.ofMillis(300));
        assertThat(Handshakes.connectionOptions(EngineOptions.defaults()).closeTimeout())
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void givenOptions_whenCopiedToABuilder_thenTheCopyIsEqualAndIndependent() {
        EngineOptions options = EngineOptions.builder()
                .pingInterval(Duration.ofMillis(300))
                .maxSessions(7)
                .transports(TransportType.WEBSOCKET)
                .build();

        EngineOptions copy = options.toBuilder().maxSessions(8).build();

        assertThat(copy.pingInterval()).isEqualTo(Duration.ofMillis(300));
        assertThat(copy.transports()).containsExactly(TransportType.WEBSOCKET);
        assertThat(copy.maxSessions()).isEqualTo(8);
        assertThat(options.maxSessions()).isEqualTo(7);
    }

    @Test
    void givenWrongValues_whenSet_thenTheSetterSaysWhatWasExpected() {
        EngineOptions.Builder builder = EngineOptions.builder();

        assertThatThrownBy(() -> builder.pingInterval(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pingInterval: PT0S (expected: 1 ms or more)");
        assertThatThrownBy(() -> builder.upgradeTimeout(Duration.ofNanos(1)))
                .hasMessage("upgradeTimeout: PT0.000000001S (expected: 1 ms or more)");
        assertThatThrownBy(() -> builder.maxHttpBufferSize(0)).hasMessage("maxHttpBufferSize: 0 (expected: 1 or more)");
        assertThatThrownBy(builder::transports).hasMessage("transports: none (expected: at least one)");
    }

    @Test
    void givenWrongCors_whenSet_thenItSaysWhatWasExpected() {
        CorsOptions.Builder builder = CorsOptions.builder();

        assertThatThrownBy(() -> builder.origin("app.example"))
                .hasMessage("origin: \"app.example\" (expected: scheme, host and port only, such as"
                        + " \"https://app.example\")");
        assertThatThrownBy(() -> builder.origins("https://app.example/"))
                .hasMessage("origin: \"https://app.example/\" (expected: scheme, host and port only, such as"
                        + " \"https://app.example\")");
        assertThatThrownBy(() -> builder.maxAge(Duration.ofSeconds(-1)))
                .hasMessage("maxAge: PT-1S (expected: zero or more)");
        assertThatThrownBy(() -> builder.optionsSuccessStatus(404))
                .hasMessage("optionsSuccessStatus: 404 (expected: 200 to 299)");
        assertThatThrownBy(() -> builder.anyOrigin().credentials(true).build())
                .hasMessage("credentials(true) with anyOrigin(): browsers refuse that pair (expected: origin,"
                        + " origins, originPattern or originsMatching)");
    }

    @Test
    void givenNoHighWaterMark_whenBuilt_thenItIsHalfOfWhatMayWait() {
        assertThat(EngineOptions.builder().maxBufferedBytes(1_000).build().highWaterMark())
                .isEqualTo(500);
    }

    @Test
    void givenAHighWaterMarkAboveWhatMayWait_whenBuilt_thenFails() {
        EngineOptions.Builder builder =
                EngineOptions.builder().maxBufferedBytes(1_000).highWaterMark(1_001);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("highWaterMark: 1001 (expected: maxBufferedBytes, 1000, or less)");
    }
}

package io.parley.websocket.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What Netty is told before it is touched. */
class TransportTest {

    @Test
    void givenNobodyHasAskedForThem_whenATransportIsChosen_thenBufferEventsAndLeakDetectionAreOff() {
        assertThat(Transport.choose(true)).isNotNull();

        assertThat(System.getProperty("io.netty.jfr.enabled")).isEqualTo("false");
        assertThat(System.getProperty("io.netty.leakDetection.level")).isEqualTo("disabled");
    }
}

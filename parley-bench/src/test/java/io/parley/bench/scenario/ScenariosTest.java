package io.parley.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScenariosTest {

    @Test
    void givenAGroup_whenNamed_thenAllOfItAreMeant() {
        List<Scenario> found = Scenarios.named(List.of("broadcast-64", "idle"));

        assertThat(found)
                .extracting(Scenario::name)
                .containsExactly("broadcast-64", "idle", "broadcast-64-deflate", "idle-deflate");
    }

    @Test
    void givenAProtocol_whenNamed_thenAllThatSpeakItAreMeant() {
        List<Scenario> found = Scenarios.named(List.of("socket.io"));

        assertThat(found)
                .extracting(Scenario::name)
                .contains("fanout-5000-1k-half", "ack-1", "sio-idle", "connect-direct", "startup")
                .doesNotContain("echo-64", "idle");
    }

    @Test
    void givenNoName_whenNamed_thenAllAreMeant() {
        assertThat(Scenarios.named(List.of()))
                .extracting(Scenario::name)
                .containsExactlyElementsOf(
                        Scenarios.all().stream().map(Scenario::name).toList());
    }

    @Test
    void givenAnUnknownName_whenNamed_thenItSaysWhatThereIs() {
        assertThatThrownBy(() -> Scenarios.named(List.of("echo-65")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Scenario echo-65 (expected: echo-64, echo-1k, echo-1m, broadcast-64, ")
                .hasMessageEndingWith(", startup, startup-archive, codec, or path)");
    }
}
